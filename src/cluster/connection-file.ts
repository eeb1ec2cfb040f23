import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseProperties } from '../formats/properties.ts'
import { accessOf, type Connecting } from './access.ts'
import { ConnectionError } from './connection-error.ts'
import type { Address } from './link.ts'
import type { Properties } from './properties.ts'

/** How the user names a cluster. */
export interface ConnectionRequest {
  /** Absolute path of a Kafka client properties file. */
  readonly file?: string
  /** `host:port,…`; wins over the file. */
  readonly bootstrap?: string
  /** `SEMCHECK_KAFKA_SASL_JAAS_CONFIG` stands for `sasl.jaas.config`, and wins over the file; `${env:NAME}` in a value is replaced. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

export interface Connection extends Connecting {
  readonly bootstrap: readonly Address[]
}

const PREFIX = 'SEMCHECK_KAFKA_'

/** Reads where the cluster is and how to log in. Throws ConnectionError where that cannot be used. Opens no socket. */
export function readConnection({ file, bootstrap, env, cwd }: ConnectionRequest): Connection {
  const properties = new Map([...(file === undefined ? [] : propertiesOf(file)), ...fromEnvironment(env)])
  for (const [name, value] of properties) properties.set(name, substituted(name, value, env))
  const servers = bootstrap ?? properties.get('bootstrap.servers')
  if (servers === undefined || servers.trim() === '')
    throw new ConnectionError(
      file === undefined ? 'no cluster is named' : `${file} has no bootstrap.servers`,
      'add bootstrap.servers=host:port, or pass --bootstrap-server host:port',
    )
  const folder = file === undefined ? cwd : dirname(file)
  return {
    bootstrap: servers
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map(addressOf),
    ...accessOf(properties, (path) => readFileSync(resolve(folder, path))),
  }
}

function propertiesOf(file: string): Properties {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConnectionError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? error})`)
  }
  const [document] = parseProperties(text).documents
  if (document?.kind !== 'mapping') return new Map()
  return new Map(document.entries.flatMap(({ key, value }) => (value.kind === 'scalar' ? [[key, String(value.value)]] : [])))
}

function fromEnvironment(env: ConnectionRequest['env']): Properties {
  const named = Object.entries(env).filter(([name, value]) => name.startsWith(PREFIX) && value !== undefined)
  return new Map(named.map(([name, value]) => [name.slice(PREFIX.length).toLowerCase().replaceAll('_', '.'), value as string]))
}

/** As Kafka's EnvVarConfigProvider writes them. */
function substituted(name: string, value: string, env: ConnectionRequest['env']): string {
  return value.replace(/\$\{env:(?:[^:}]*:)?([A-Za-z_]\w*)\}/g, (_, variable: string) => {
    const found = env[variable]
    if (found === undefined) throw new ConnectionError(`${name} wants the environment variable ${variable}, which is not set`)
    return found
  })
}

function addressOf(text: string): Address {
  const match = /^(?:[A-Z_]+:\/\/)?(?:\[([^\]]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text)
  const port = Number(match?.[3])
  if (!match || port < 1 || port > 65535)
    throw new ConnectionError(`"${text}" is no broker address`, 'write it as host:port, several separated by commas')
  return { host: (match[1] ?? match[2]) as string, port }
}
