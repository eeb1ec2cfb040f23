import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConnectionOptions } from 'node:tls'

/** A certificate authority of our own, with a certificate for the brokers and one for a client. Paths of PEM files. */
export interface Certificates {
  readonly ca: string
  /** Key and chain in one file, as Kafka's PEM key stores are. */
  readonly server: string
  readonly client: string
  readonly clientCertificate: string
  readonly clientKey: string
  /** The authority as a trust store of the JVM; needs keytool, which comes with Java. */
  trustStore(type: 'PKCS12' | 'JKS'): Store
  /** Key and chain of the client as a key store. */
  keyStore(): Store
  forNode(withClientCertificate: boolean): ConnectionOptions
}

export interface Store {
  readonly path: string
  readonly password: string
}

const PASSWORD = 'changeit'
const DAYS = ['-days', '30', '-sha256']

/** The common name of the client's certificate. */
export const CLIENT_NAME = 'auditor'

export function makeCertificates(parent: string): Certificates {
  const folder = join(parent, 'tls')
  mkdirSync(folder, { recursive: true })
  const at = (name: string) => join(folder, name)
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const key = (name: string) =>
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`)

  // not the configuration of the machine, which may add extensions of its own
  writeFileSync(at('openssl.cnf'), '[req]\ndistinguished_name=dn\n[dn]\n[ca]\nbasicConstraints=critical,CA:true\n')
  key('ca')
  const self = ['req', '-x509', '-new', '-config', 'openssl.cnf', '-extensions', 'ca', ...DAYS]
  openssl(...self, '-key', 'ca.key', '-subj', '/CN=semcheck test authority', '-out', 'ca.crt')
  const sign = (name: string, subject: string, extensions: string) => {
    key(name)
    openssl('req', '-new', '-config', 'openssl.cnf', '-key', `${name}.key`, '-subj', `/CN=${subject}`, '-out', `${name}.csr`)
    writeFileSync(at(`${name}.ext`), extensions)
    const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`]
    openssl('x509', '-req', '-in', `${name}.csr`, ...by, ...DAYS, '-out', `${name}.crt`)
    writeFileSync(at(`${name}.pem`), ['key', 'crt'].map((end) => readFileSync(at(`${name}.${end}`), 'utf8')).join(''))
  }
  sign('server', 'broker', 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n')
  sign('client', CLIENT_NAME, 'extendedKeyUsage=clientAuth\n')

  return {
    ca: at('ca.crt'),
    server: at('server.pem'),
    client: at('client.pem'),
    clientCertificate: at('client.crt'),
    clientKey: at('client.key'),
    trustStore(type) {
      const path = at(`truststore.${type === 'JKS' ? 'jks' : 'p12'}`)
      const store = ['-keystore', path, '-storetype', type, '-storepass', PASSWORD]
      const command = ['-importcert', '-noprompt', '-alias', 'ca', '-file', at('ca.crt'), ...store]
      if (!existsSync(path)) execFileSync('keytool', command, { stdio: ['ignore', 'ignore', 'pipe'] })
      return { path, password: PASSWORD }
    },
    keyStore() {
      const from = ['-in', 'client.pem', '-certfile', 'ca.crt', '-name', 'client']
      if (!existsSync(at('client.p12')))
        openssl('pkcs12', '-export', ...from, '-passout', `pass:${PASSWORD}`, '-out', 'client.p12')
      return { path: at('client.p12'), password: PASSWORD }
    },
    forNode: (withClientCertificate) => ({
      ca: [readFileSync(at('ca.crt'), 'utf8')],
      ...(withClientCertificate && {
        cert: readFileSync(at('client.crt'), 'utf8'),
        key: readFileSync(at('client.key'), 'utf8'),
      }),
    }),
  }
}
