import type { Failure } from '../model/cluster.ts'
import { RefusedRequest } from './guard.ts'

/** How far a connection had come. */
export type Phase = 'connect' | 'versions' | 'sasl' | 'request'

export interface Attempt {
  readonly phase: Phase
  readonly address: { readonly host: string; readonly port: number }
  readonly tls: boolean
  readonly sasl: boolean
  /** The first bytes that the other side sent, if it sent any. */
  readonly first: Buffer | undefined
}

/** Says why an address could not be used, and what to try, in words of the person who wrote the connection file. */
export function explainFailure(error: unknown, attempt: Attempt): Failure {
  if (error instanceof RefusedRequest) return { kind: 'other', reason: error.message, hint: REPORT }
  const { code, message } = told(error)
  return (
    strangeAnswer(attempt) ??
    networkFailure(code, message, attempt) ??
    tlsFailure(code, message, attempt) ??
    saslFailure(code, message, attempt) ??
    closedFailure(code, message, attempt) ?? { kind: 'other', reason: oneLine(message), hint: REPORT }
  )
}

const REPORT = 'run again with SEMCHECK_DEBUG=1, and report it if it stays'

function told(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) }
  const { code, type, cause } = error as { code?: unknown; type?: unknown; cause?: unknown }
  const inner = cause instanceof Error ? told(cause) : { code: '', message: '' }
  return { code: String(type ?? code ?? inner.code), message: error.message || inner.message }
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
const place = ({ address }: Attempt) => `${address.host}:${address.port}`

/** What answered does not speak Kafka, or speaks it inside TLS. */
function strangeAnswer(attempt: Attempt): Failure | undefined {
  const { first, tls } = attempt
  if (!first || tls) return undefined
  if (first.subarray(0, 5).toString('latin1') === 'HTTP/')
    return {
      kind: 'protocol',
      reason: `${place(attempt)} answers HTTP, not Kafka`,
      hint: "name the broker's Kafka port, not that of a REST proxy, registry or web page",
    }
  if (first[0] === 0x15 && first[1] === 0x03)
    return { kind: 'protocol', reason: `${place(attempt)} wants TLS`, hint: wantsTls(attempt) }
  return undefined
}

const wantsTls = ({ sasl }: Attempt) => `set security.protocol=${sasl ? 'SASL_SSL' : 'SSL'}`

function networkFailure(code: string, message: string, attempt: Attempt): Failure | undefined {
  const { host } = attempt.address
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return {
        kind: 'dns',
        reason: `the name ${host} is not known here (${code})`,
        hint: 'check the spelling, and that this machine uses the DNS or VPN that knows the name',
      }
    case 'ECONNREFUSED':
      return {
        kind: 'refused',
        reason: `${place(attempt)} refuses connections: nothing listens there`,
        hint: 'check that the broker runs and that host and port are those of its listener',
      }
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { kind: 'timeout', reason: `there is no route to ${place(attempt)} (${code})`, hint: 'check network and VPN' }
  }
  if (code === 'ETIMEDOUT' || /timeout|timed out/i.test(message)) return slow(attempt)
  return undefined
}

function slow(attempt: Attempt): Failure {
  if (attempt.phase === 'connect' && !attempt.tls)
    return {
      kind: 'timeout',
      reason: `${place(attempt)} did not take the connection in time`,
      hint: 'check firewalls and the address, or raise --timeout',
    }
  // a listener with TLS waits for a handshake where we sent a request, and the reverse
  const hint = attempt.tls
    ? `if the port has no TLS, set security.protocol=${attempt.sasl ? 'SASL_PLAINTEXT' : 'PLAINTEXT'}; else raise --timeout`
    : `if the port wants TLS, ${wantsTls(attempt)}; else raise --timeout`
  return { kind: 'timeout', reason: `${place(attempt)} took the connection and did not answer in time`, hint }
}

const UNTRUSTED =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE)$/

function tlsFailure(code: string, message: string, attempt: Attempt): Failure | undefined {
  if (!attempt.tls) return undefined
  if (UNTRUSTED.test(code))
    return {
      kind: 'tls-untrusted',
      reason: `the certificate of ${place(attempt)} is signed by an authority that is not trusted here (${code})`,
      hint: 'name the authority: ssl.truststore.type=PEM and ssl.truststore.location=ca.pem',
    }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return {
      kind: 'tls',
      reason: `the certificate of ${place(attempt)} is not valid today (${code})`,
      hint: 'renew it on the broker',
    }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return {
      kind: 'tls-name',
      reason: `the certificate of ${place(attempt)} is for another name: ${oneLine(message.replace(/^.*?altnames:?\s*/i, ''))}`,
      hint: 'use a name that the certificate holds, in bootstrap.servers and in advertised.listeners of the brokers; ssl.endpoint.identification.algorithm= turns the check off',
    }
  if (/wrong version number|packet length too long|unexpected message/i.test(message))
    return {
      kind: 'protocol',
      reason: `${place(attempt)} does not speak TLS`,
      hint: `set security.protocol=${attempt.sasl ? 'SASL_PLAINTEXT' : 'PLAINTEXT'}, or name the port that has TLS`,
    }
  if (/certificate required|handshake failure|bad certificate|unknown ca|alert number/i.test(message))
    return {
      kind: 'tls',
      reason: `${place(attempt)} refused the TLS handshake: ${oneLine(message)}`,
      hint: 'if the broker asks for a client certificate (ssl.client.auth=required), set ssl.keystore.location',
    }
  return undefined
}

function saslFailure(code: string, message: string, attempt: Attempt): Failure | undefined {
  if (attempt.phase !== 'sasl') return undefined
  if (/not supported by the server/.test(message) || code === 'UNSUPPORTED_SASL_MECHANISM')
    return {
      kind: 'sasl',
      reason: `${place(attempt)} does not offer this SASL mechanism`,
      hint: "set sasl.mechanism to one of the broker's sasl.enabled.mechanisms",
    }
  if (code === 'ILLEGAL_SASL_STATE' || /ILLEGAL_SASL_STATE|not valid given the current SASL state/.test(`${code} ${message}`))
    return {
      kind: 'protocol',
      reason: `${place(attempt)} has no SASL on this port`,
      hint: `set security.protocol=${attempt.tls ? 'SSL' : 'PLAINTEXT'}, or name the port that has it`,
    }
  return {
    kind: 'sasl',
    reason: `${place(attempt)} denied the login: ${oneLine(message.replace(/^SASL .*? authentication failed:\s*/i, ''))}`,
    hint: 'check user and password in sasl.jaas.config, and the mechanism that the user was made for',
  }
}

function closedFailure(code: string, message: string, attempt: Attempt): Failure | undefined {
  if (!/ECONNRESET|EPIPE|ECONNABORTED/.test(code) && !/closed|not connected|disconnected|socket hang up/i.test(message))
    return undefined
  const reason = `${place(attempt)} closed the connection`
  if (attempt.phase === 'connect' && attempt.tls)
    return {
      kind: 'protocol',
      reason: `${reason} during the TLS handshake`,
      hint: `if the port has no TLS, set security.protocol=${attempt.sasl ? 'SASL_PLAINTEXT' : 'PLAINTEXT'}`,
    }
  if (attempt.phase === 'versions')
    return {
      kind: 'closed',
      reason: `${reason} at the first request`,
      hint: attempt.tls
        ? 'if the broker asks for a client certificate, set ssl.keystore.location; Kafka before 0.10 is too old'
        : `if the port wants TLS, ${wantsTls(attempt)}; Kafka before 0.10 is too old`,
    }
  if (attempt.phase === 'request' && !attempt.sasl)
    return {
      kind: 'closed',
      reason: `${reason} at a request that needs no right`,
      hint: `if the port wants a login, set security.protocol=${attempt.tls ? 'SASL_SSL' : 'SASL_PLAINTEXT'}, sasl.mechanism and sasl.jaas.config`,
    }
  return { kind: 'closed', reason, hint: 'the broker may be stopping: try again' }
}
