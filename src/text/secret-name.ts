/** Words that make a name's value a secret wherever they stand at its end: `db_password`, `client.secret.value`. */
const SECRET_WORD =
  /^(?:\w*password|\w*passwd|\w*passphrase|pwd|requirepass|\w*secret|token|(?!jsonwebtoken)\w+token|credentials?|jaas|apikey|privatekey|accesskey|secretkey)$/
/** The same for two words in a row. */
const SECRET_PAIR = /^(?:(?:api|private|secret|access|signing|encryption|master|keystore|account|shared) key|basic auth)$/
/** A name that ends so tells about the secret: where it is kept, how it is used, for how long. */
const ABOUT_SECRET =
  /^(?:locations?|paths?|files?|filename|dir|directory|mechanisms?|class|classname|ur[il]s?|endpoints?|types?|providers?|sources?|enabled?|disabled?|intervals?|ttl|ms|s|seconds|minutes|millis|timeout|expir\w*|lifetime|(?:de)?serializers?|names?|refs?|length|size|polic(?:y|ies)|counts?|window|scopes?|audience|topics?|groups?|fields?|headers?|params?|prefix|suffix|format|required|callback|handler|versions?|algorithms?|claims?|env|var|variable|rotation|rate|ratio|factor|buffer|user|username|manager|store|id|ids|validator|validation|encoder|hash(?:er|ers)?|min|max|limit|encoding|issuer|label|placeholder|hint|help|description|arn|namespace|registry|service|client|infos?|overrides?|confirmation|digest)$/
/** Every secret name matches this: a quick look before the words are taken apart. */
export const SECRET_HINT =
  /pass|pwd|secret|token|cred|jaas|(?:api|private|access|signing|encryption|master|keystore|account|shared)[._-]?key|basic[._-]?auth|auth[._-]?user[._-]?info/i
/** Names with one of these words refer to a secret's place: `existingSecret: kafka-user`. */
const REFERENCE = /^(?:existing|pull|endpoint)$/

/**
 * Whether the value under a name is a secret, in every spelling (`sasl.password`, `SASL_PASSWORD`, `saslPassword`): passwords, tokens, API
 * and private keys, credentials, JAAS configurations. Names of what surrounds a secret (`ssl.truststore.location`, `token_ttl`) are none.
 */
export function isSecretName(name: string): boolean {
  if (!SECRET_HINT.test(name)) return false
  const words = wordsOf(name)
  const last = words[words.length - 1] ?? ''
  if (last === 'id') return words.slice(-3).join(' ') === 'access key id'
  if (words.slice(-3).join(' ') === 'auth user info') return true
  // `KAFKA_SSL_KEY_CREDENTIALS` of Confluent's images names a file
  if (last === 'credentials' && words.includes('ssl')) return false
  if (ABOUT_SECRET.test(last) || words.some((word) => REFERENCE.test(word))) return false
  const tail = words.slice(-3)
  return tail.some((word, i) => SECRET_WORD.test(word) || SECRET_PAIR.test(`${word} ${tail[i + 1] ?? ''}`))
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1.$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1.$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
}
