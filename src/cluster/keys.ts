import { type ConnectionOptions, createSecureContext } from 'node:tls'
import { ConnectionError } from './connection-error.ts'
import type { Properties } from './properties.ts'

/** What a client's settings say of TLS. Java's stores are told apart by their bytes, since files are often not what their type says. */
export function readCredentials(properties: Properties, read: (path: string) => Buffer): ConnectionOptions {
  const identification = properties.get('ssl.endpoint.identification.algorithm')
  const options: ConnectionOptions = {
    ...trusted(properties, read),
    ...own(properties, read),
    // as in Java: an empty value turns the check of the name off, and only that
    ...(identification?.trim() === '' || identification === 'none' ? { checkServerIdentity: () => undefined } : {}),
  }
  try {
    createSecureContext(options)
  } catch (error) {
    throw new ConnectionError(
      `the certificates or keys cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      'check ssl.key.password or ssl.keystore.password; old PKCS12 files have to be written anew: openssl pkcs12 -legacy -in old.p12 -nodes -out client.pem',
    )
  }
  return options
}

function trusted(properties: Properties, read: (path: string) => Buffer): ConnectionOptions {
  const inline = properties.get('ssl.truststore.certificates')
  if (inline !== undefined) return { ca: inline }
  const [name, path] = firstOf(properties, ['ssl.truststore.location', 'ssl.ca.location'])
  if (path === undefined) return {}
  const bytes = readKey(name, path, read)
  if (kindOf(bytes) === 'PEM') return { ca: bytes }
  throw new ConnectionError(
    `${name}=${path} is a ${kindOf(bytes)} file, and Node reads trusted certificates only as PEM`,
    `write it as PEM: keytool -exportcert -rfc -keystore ${path} -alias <alias> -file ca.pem, then ssl.truststore.type=PEM and ssl.truststore.location=ca.pem`,
  )
}

function own(properties: Properties, read: (path: string) => Buffer): ConnectionOptions {
  const passphrase = properties.get('ssl.key.password') ?? properties.get('ssl.keystore.password')
  const secret = passphrase === undefined ? {} : { passphrase }
  const key = properties.get('ssl.keystore.key')
  const chain = properties.get('ssl.keystore.certificate.chain')
  if (key !== undefined && chain !== undefined) return { key, cert: chain, ...secret }
  const [certName, certPath] = firstOf(properties, ['ssl.certificate.location'])
  const [keyName, keyPath] = firstOf(properties, ['ssl.key.location'])
  if (certPath !== undefined && keyPath !== undefined)
    return { cert: readKey(certName, certPath, read), key: readKey(keyName, keyPath, read), ...secret }
  const [name, path] = firstOf(properties, ['ssl.keystore.location'])
  if (path === undefined) return {}
  const bytes = readKey(name, path, read)
  const kind = kindOf(bytes)
  if (kind === 'PEM') return { key: bytes, cert: bytes, ...secret }
  if (kind === 'PKCS12') return { pfx: bytes, ...secret }
  throw new ConnectionError(
    `${name}=${path} is a ${kind} file, which Node cannot read`,
    `write it as PKCS12: keytool -importkeystore -srckeystore ${path} -destkeystore client.p12 -deststoretype PKCS12`,
  )
}

function firstOf(properties: Properties, names: readonly string[]): [string, string | undefined] {
  const name = names.find((one) => properties.has(one)) ?? ''
  return [name, properties.get(name)]
}

function readKey(name: string, path: string, read: (path: string) => Buffer): Buffer {
  try {
    return read(path)
  } catch (error) {
    throw new ConnectionError(`${name}=${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? error})`)
  }
}

function kindOf(bytes: Buffer): 'PEM' | 'JKS' | 'JCEKS' | 'PKCS12' | 'unknown' {
  if (bytes.includes('-----BEGIN ')) return 'PEM'
  if (bytes.length > 4 && bytes.readUInt32BE(0) === 0xfeedfeed) return 'JKS'
  if (bytes.length > 4 && bytes.readUInt32BE(0) === 0xcececece) return 'JCEKS'
  // a DER sequence
  return bytes[0] === 0x30 ? 'PKCS12' : 'unknown'
}
