import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/engine/report.ts'
import { folderWith, run } from '../cli/run.ts'
import type { Cluster } from '../kafka/cluster.ts'
import { describeKafka } from '../kafka/describe-kafka.ts'
import { auditAgainst } from './audited.ts'

const PROJECT = {
  'w.py': `from confluent_kafka import Consumer
c = Consumer({"group.id": "g", "auto.offset.reset": "earliest", "enable.auto.commit": False})
c.subscribe(["orders"])
`,
}

const as = (file: string) => ['--cluster', file, '--timeout', '4s']

/** A connection file with some of its lines changed. */
function changed(file: string, change: (text: string) => string): string {
  const path = join(folderWith({}), 'client.properties')
  writeFileSync(path, change(readFileSync(file, 'utf8')))
  return path
}

async function reached(connection: readonly string[]): Promise<Report> {
  const { report, code } = await auditAgainst(PROJECT, connection)
  expect(report.cluster?.problems).toEqual([])
  expect(report.complete).toBe(true)
  expect(code).toBe(0)
  return report
}

/** It fails, says so once, ends with 3, and leaves nothing else behind. */
async function failure(connection: readonly string[]): Promise<string> {
  const { report, code, err, ms } = await auditAgainst(PROJECT, connection)
  expect(code).toBe(3)
  expect(err).toBe('')
  expect(ms).toBeLessThan(8000)
  const { problems, bootstrap } = report.cluster as NonNullable<Report['cluster']>
  expect(problems).toHaveLength(1)
  const [problem] = problems
  return `${bootstrap[0]?.failure?.kind ?? 'later'}: ${problem?.reason}; ${problem?.hint}`
}

/** Exit 2: the file itself cannot be used. */
async function refused(lines: readonly string[]): Promise<string> {
  const folder = folderWith({ ...PROJECT, 'client.properties': `bootstrap.servers=127.0.0.1:1\n${lines.join('\n')}\n` })
  const { code, err } = await run(folder, ['audit', '.', '--cluster', 'client.properties'])
  expect(code).toBe(2)
  return err
}

describe('without a broker', () => {
  it('tells a name that nobody knows', async () => {
    expect(await failure(['--bootstrap-server', 'nobody.invalid:9092', '--timeout', '4s'])).toMatch(
      /^dns: the name nobody\.invalid is not known/,
    )
  })

  it('tells a port that nobody listens at', async () => {
    expect(await failure(['--bootstrap-server', '127.0.0.1:1'])).toMatch(/^refused: 127\.0\.0\.1:1 refuses connections/)
  })

  it('tells a port that says nothing, when the time is over', async () => {
    const server = createServer(() => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await failure(['--bootstrap-server', `127.0.0.1:${port}`, '--timeout', '1s'])).toMatch(
      /^timeout: .*did not answer in time/,
    )
    server.close()
  })

  it('tells a web server', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await failure(['--bootstrap-server', `127.0.0.1:${port}`, '--timeout', '2s'])).toMatch(
      /^protocol: .*answers HTTP, not Kafka/,
    )
    server.close()
  })

  it.each([
    [['security.protocol=TLS'], 'is none of PLAINTEXT'],
    [['security.protocol=SASL_SSL'], 'sasl.mechanism is not set'],
    [['security.protocol=SASL_PLAINTEXT', 'sasl.mechanism=GSSAPI'], 'sasl.mechanism=GSSAPI is none that semcheck speaks'],
    [['security.protocol=SASL_PLAINTEXT', 'sasl.mechanism=PLAIN'], 'without a user and password'],
    [['security.protocol=SSL', 'ssl.truststore.location=gone.pem'], 'gone.pem cannot be read (ENOENT)'],
    [
      ['security.protocol=SASL_PLAINTEXT', 'sasl.mechanism=PLAIN', 'sasl.username=a', `sasl.password=\${env:NOT_SET}`],
      'the environment variable NOT_SET',
    ],
  ])('cannot use a file with %j', async (lines, message) => {
    expect(await refused(lines)).toContain(message)
  })
})

describeKafka('a cluster with TLS that asks for certificates', { security: 'mtls' }, (cluster) => {
  const file = () => cluster().clientProperties()
  const certificates = () => cluster().certificates as NonNullable<Cluster['certificates']>

  it('is reached with PEM files, and with a key in PKCS12', async () => {
    await reached(as(file()))
    const { path, password } = certificates().keyStore()
    const p12 = changed(file(), (text) =>
      text
        .replace(/ssl\.keystore\.type=.*/, 'ssl.keystore.type=PKCS12')
        .replace(/ssl\.keystore\.location=.*/, `ssl.keystore.location=${path}\nssl.keystore.password=${password}`),
    )
    await reached(as(p12))
  })

  it('tells what is missing', async () => {
    const plain = changed(file(), (text) => text.replace('security.protocol=SSL', 'security.protocol=PLAINTEXT'))
    expect(await failure(as(plain))).toMatch(/wants TLS; set security\.protocol=SSL/)
    const untrusting = changed(file(), (text) => text.replace(/ssl\.truststore.*\n/g, ''))
    expect(await failure(as(untrusting))).toMatch(/^tls-untrusted: .*ssl\.truststore\.location/)
    const nameless = changed(file(), (text) => text.replace(/ssl\.keystore.*\n/g, ''))
    expect(await failure(as(nameless))).toMatch(/ssl\.keystore\.location/)
  })

  it('tells stores that Node cannot read, and how to write them anew', async () => {
    for (const kind of ['PKCS12', 'JKS'] as const) {
      const { path } = certificates().trustStore(kind)
      expect(await refused(['security.protocol=SSL', `ssl.truststore.location=${path}`])).toMatch(
        new RegExp(`is a ${kind} file[\\s\\S]*keytool -exportcert`),
      )
    }
  })
})

describeKafka(
  'a cluster with logins',
  { security: 'scram', users: [{ name: 'reader', password: 'reader-secret' }] },
  (cluster) => {
    const file = () => cluster().clientProperties()

    it.each(['SCRAM-SHA-256', 'SCRAM-SHA-512', 'PLAIN'] as const)('is reached by %s', async (mechanism) => {
      const report = await reached(as(cluster().clientProperties('admin', mechanism)))
      expect(report.cluster?.principal).toBe('User:admin')
    })

    it('is reached with what the environment adds', async () => {
      const bare = changed(file(), (text) => text.replace(/sasl\.jaas\.config=.*\n/, ''))
      const folder = folderWith(PROJECT)
      const jaas = 'org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="admin-secret";'
      const { code, out } = await run(folder, ['audit', '.', '--cluster', bare, '-f', 'json'], {
        env: { SEMCHECK_KAFKA_SASL_JAAS_CONFIG: jaas },
        clock: () => performance.now(),
      })
      expect(code).toBe(0)
      expect(out).not.toContain('admin-secret')
    })

    it('tells a wrong password without telling it', async () => {
      const wrong = changed(file(), (text) => text.replace('admin-secret', 'not-the-password'))
      const said = await failure(as(wrong))
      expect(said).toMatch(/^sasl: .*denied the login: Authentication failed/)
      expect(said).not.toContain('not-the-password')
    })

    it('tells a login that is missing, and TLS where there is none', async () => {
      const open = changed(file(), (text) => text.replace('SASL_PLAINTEXT', 'PLAINTEXT'))
      expect(await failure(as(open))).toMatch(/set security\.protocol=SASL_PLAINTEXT/)
      const tls = changed(file(), (text) => text.replace('SASL_PLAINTEXT', 'SASL_SSL'))
      expect(await failure(as(tls))).toMatch(/^protocol: .*SASL_PLAINTEXT/)
    })

    it('uses the address that works where another is dead', async () => {
      const two = changed(file(), (text) => text.replace('bootstrap.servers=', 'bootstrap.servers=127.0.0.1:1,'))
      const report = await reached(as(two))
      expect(report.cluster?.bootstrap.map(({ failure: failed }) => failed?.kind)).toEqual(['refused', undefined])
    })
  },
)
