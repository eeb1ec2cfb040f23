import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KafkaConfig, SASLOptions } from 'kafkajs'
import { type Certificates, makeCertificates } from './certificates.ts'
import { properties } from './properties.ts'

/**
 * How clients reach the brokers: `scram` is SASL_PLAINTEXT with SCRAM or PLAIN and ACLs, `tls` is SSL, `mtls` asks clients for a certificate,
 * `scram-tls` is SASL_SSL. The brokers among themselves are always PLAINTEXT.
 */
export type Security = (typeof SECURITIES)[number]

export const SECURITIES = ['plaintext', 'scram', 'tls', 'mtls', 'scram-tls'] as const

export function isSecurity(name: string): name is Security {
  return SECURITIES.some((security) => security === name)
}

export type Mechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512' | 'PLAIN'

export interface User {
  readonly name: string
  readonly password: string
}

/** May do everything. */
export const ADMIN: User = { name: 'admin', password: 'admin-secret' }

/** What a kind of security asks of the nodes of a cluster. */
export interface Secured {
  readonly protocol: 'PLAINTEXT' | 'SASL_PLAINTEXT' | 'SSL' | 'SASL_SSL'
  readonly users: readonly User[]
  readonly certificates: Certificates | undefined
  readonly clientCertificate: boolean
  readonly everyNode: Readonly<Record<string, string>>
  readonly brokers: Readonly<Record<string, string>>
  /** Arguments of `kafka-storage format`. */
  readonly format: readonly string[]
}

export function secure(folder: string, security: Security, others: readonly User[]): Secured {
  const sasl = security === 'scram' || security === 'scram-tls'
  const tls = security === 'tls' || security === 'mtls' || security === 'scram-tls'
  const users = sasl ? [ADMIN, ...others] : []
  const certificates = tls ? makeCertificates(folder) : undefined
  return {
    protocol: sasl ? (tls ? 'SASL_SSL' : 'SASL_PLAINTEXT') : tls ? 'SSL' : 'PLAINTEXT',
    users,
    certificates,
    clientCertificate: security === 'mtls',
    everyNode: sasl
      ? {
          'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
          // nobody but the nodes themselves can be anonymous
          'super.users': `User:${ADMIN.name};User:ANONYMOUS`,
        }
      : {},
    brokers: {
      ...(sasl && saslSettings(users)),
      ...(certificates && {
        'listener.name.client.ssl.keystore.type': 'PEM',
        'listener.name.client.ssl.keystore.location': certificates.server,
        'listener.name.client.ssl.truststore.type': 'PEM',
        'listener.name.client.ssl.truststore.location': certificates.ca,
        'listener.name.client.ssl.client.auth': security === 'mtls' ? 'required' : 'none',
      }),
    },
    format: users.flatMap(({ name, password }) =>
      ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
        '--add-scram',
        `${mechanism}=[name=${name},password=${password}]`,
      ]),
    ),
  }
}

function saslSettings(users: readonly User[]): Readonly<Record<string, string>> {
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;'
  const plain = users.map(({ name, password }) => ` user_${name}="${password}"`).join('')
  return {
    'sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512,PLAIN',
    'listener.name.client.scram-sha-256.sasl.jaas.config': scram,
    'listener.name.client.scram-sha-512.sasl.jaas.config': scram,
    'listener.name.client.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required${plain};`,
  }
}

/** How clients get in; as the admin when no user is named. */
export interface Access {
  /** The path of a client.properties, as the tools and clients of the JVM read it. */
  clientProperties(user?: string, mechanism?: Mechanism): string
  kafkaJs(user?: string, mechanism?: Mechanism): KafkaConfig
  readonly certificates: Certificates | undefined
}

export function accessOf(folder: string, bootstrap: readonly string[], secured: Secured): Access {
  const { protocol, users, certificates } = secured
  const find = (name: string): User => {
    const user = users.find((one) => one.name === name)
    if (!user) throw new Error(`no user ${name}`)
    return user
  }
  return {
    certificates,
    clientProperties(name = ADMIN.name, mechanism = 'SCRAM-SHA-256') {
      const path = join(folder, `client-${users.length > 0 ? `${name}-${mechanism.toLowerCase()}` : 'any'}.properties`)
      writeFileSync(
        path,
        properties({
          'bootstrap.servers': bootstrap.join(','),
          'security.protocol': protocol,
          ...(users.length > 0 && {
            'sasl.mechanism': mechanism,
            'sasl.jaas.config': jaasOf(find(name), mechanism),
          }),
          ...(certificates && { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': certificates.ca }),
          ...(secured.clientCertificate &&
            certificates && { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': certificates.client }),
        }),
      )
      return path
    },
    kafkaJs(name = ADMIN.name, mechanism = 'SCRAM-SHA-256') {
      return {
        brokers: [...bootstrap],
        logLevel: 0,
        ...(certificates && { ssl: certificates.forNode(secured.clientCertificate) }),
        ...(users.length > 0 && { sasl: saslOf(find(name), mechanism) }),
      }
    },
  }
}

function jaasOf({ name, password }: User, mechanism: Mechanism): string {
  const module = mechanism === 'PLAIN' ? 'plain.PlainLoginModule' : 'scram.ScramLoginModule'
  return `org.apache.kafka.common.security.${module} required username="${name}" password="${password}";`
}

function saslOf({ name: username, password }: User, mechanism: Mechanism): SASLOptions {
  if (mechanism === 'PLAIN') return { mechanism: 'plain', username, password }
  return { mechanism: mechanism === 'SCRAM-SHA-256' ? 'scram-sha-256' : 'scram-sha-512', username, password }
}
