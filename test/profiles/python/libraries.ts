/** How a version gets onto this machine: a PyPI package unpacked into a folder of its own, without touching this machine's Python. */
export interface Installed {
  readonly library: string
  readonly version: string
  readonly package: string
  /** Dependencies are only installed where the probe runs more than the package itself. */
  readonly dependencies: boolean
  /** Further requirements, where an old release no longer works with the newest of what it depends on. */
  readonly beside?: readonly string[]
  /** Profiles that are probed in it, when not the library itself. */
  readonly profiles: readonly string[]
  /** Asked for wheels of an older Python where no newer one was ever built: only their librdkafka is loaded. */
  readonly python?: string
}

const of = (library: string, versions: string, more: Partial<Installed> = {}): readonly Installed[] =>
  versions.split(' ').map((version) => ({
    library,
    version,
    package: library,
    dependencies: false,
    profiles: [library],
    ...more,
  }))

/** The versions that the ordinary test run checks. */
export const QUICK: readonly Installed[] = [
  ...of('kafka-python', '2.0.2 2.3.2 3.0.12'),
  ...of('aiokafka', '0.14.0', { dependencies: true }),
  ...of('confluent-kafka', '2.16.1'),
]

/** Every version that installs, for the table in the documentation. */
export const ALL: readonly Installed[] = [
  ...of(
    'kafka-python',
    '1.0.0 1.0.1 1.0.2 1.3.2 1.3.3 1.3.5 1.4.0 1.4.7 2.0.0 2.0.1 2.0.2 2.0.6 2.1.0 2.1.5 2.1.6 2.2.0 2.2.7 2.2.15 2.2.20 2.2.21 2.3.0 2.3.2 2.3.3 3.0.0 3.0.1 3.0.7 3.0.11 3.0.12',
  ),
  ...of('kafka-python-ng', '2.0.3 2.1.0 2.2.0 2.2.3'),
  ...of('aiokafka', '0.8.1', { dependencies: true, beside: ['kafka-python==2.0.2'] }),
  ...of('aiokafka', '0.9.0 0.10.0 0.11.0 0.12.0 0.13.0 0.14.0', { dependencies: true }),
  ...of('confluent-kafka', '0.11.4 0.11.6 1.0.0 1.1.0', { python: '37' }),
  ...of('confluent-kafka', '1.3.0 1.4.0 1.5.0', { python: '38' }),
  ...of('confluent-kafka', '1.6.0 1.7.0 1.8.2 1.9.2', { python: '39' }),
  ...of(
    'confluent-kafka',
    '2.0.2 2.1.0 2.2.0 2.3.0 2.4.0 2.5.3 2.6.1 2.7.0 2.8.0 2.9.0 2.10.0 2.11.0 2.12.0 2.13.2 2.14.0 2.15.0 2.15.1 2.16.0 2.16.1',
  ),
  ...of('faust', '1.10.4', { dependencies: true }),
  ...of('faust', '0.11.3 0.15.3', { package: 'faust-streaming', dependencies: true }),
  ...of('faststream', '0.5.48 0.6.0 0.6.2 0.6.3 0.6.7 0.7.0 0.7.4 0.7.8', {
    package: 'faststream[kafka,confluent]',
    dependencies: true,
    profiles: ['faststream-kafka', 'faststream-confluent'],
  }),
]
