import { ConnectionError } from './connection-error.ts'
import { jaasOptions } from './jaas.ts'
import { readCredentials } from './keys.ts'
import type { Access } from './link.ts'
import { fetchToken, type TokenEndpoint } from './oauth.ts'
import type { Properties } from './properties.ts'

export interface Connecting {
  readonly access: Access
  /** `User:auditor`, where the settings name a user. */
  readonly principal: string | null
}

const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const
const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const

/**
 * What a client's settings say of TLS and SASL. `read` gives a file's bytes, by its path relative to the settings. Throws ConnectionError
 * where they cannot be used.
 */
export function accessOf(properties: Properties, read: (path: string) => Buffer): Connecting {
  const protocol = (properties.get('security.protocol') ?? 'PLAINTEXT').trim().toUpperCase()
  if (!PROTOCOLS.some((known) => known === protocol))
    throw new ConnectionError(`security.protocol=${protocol} is none of ${PROTOCOLS.join(', ')}`)
  const ssl = protocol.endsWith('SSL') ? readCredentials(properties, read) : null
  if (!protocol.startsWith('SASL')) return { access: { ssl, sasl: null }, principal: null }
  const { sasl, user } = login(properties)
  return { access: { ssl, sasl }, principal: user === undefined ? null : `User:${user}` }
}

function login(properties: Properties): { sasl: () => object; user?: string } {
  const mechanism = (properties.get('sasl.mechanism') ?? properties.get('sasl.mechanisms') ?? '').trim().toUpperCase()
  if (mechanism === '')
    throw new ConnectionError(
      'sasl.mechanism is not set, and Kafka then takes GSSAPI (Kerberos), which semcheck does not speak',
      `set it to one of ${MECHANISMS.join(', ')}`,
    )
  if (!MECHANISMS.some((known) => known === mechanism))
    throw new ConnectionError(`sasl.mechanism=${mechanism} is none that semcheck speaks`, `it speaks ${MECHANISMS.join(', ')}`)
  const jaas = jaasOptions(properties.get('sasl.jaas.config') ?? '')
  if (mechanism === 'OAUTHBEARER') return { sasl: bearer(properties, jaas) }
  const username = jaas.get('username') ?? properties.get('sasl.username')
  const password = jaas.get('password') ?? properties.get('sasl.password')
  if (username === undefined || password === undefined)
    throw new ConnectionError(
      `sasl.mechanism=${mechanism} without a user and password`,
      'set sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="…" password="…";',
    )
  return { sasl: () => ({ mechanism: mechanism.toLowerCase(), username, password }), user: username }
}

function bearer(properties: Properties, jaas: ReadonlyMap<string, string>): () => object {
  const url = properties.get('sasl.oauthbearer.token.endpoint.url')
  const id = jaas.get('clientId') ?? properties.get('sasl.oauthbearer.client.credentials.client.id')
  const secret = jaas.get('clientSecret') ?? properties.get('sasl.oauthbearer.client.credentials.client.secret')
  if (url === undefined || id === undefined || secret === undefined)
    throw new ConnectionError(
      'sasl.mechanism=OAUTHBEARER needs sasl.oauthbearer.token.endpoint.url, and clientId and clientSecret in sasl.jaas.config',
    )
  const endpoint: TokenEndpoint = { url, id, secret, scope: jaas.get('scope') ?? properties.get('sasl.oauthbearer.scope') }
  return () => ({ mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: await fetchToken(endpoint) }) })
}
