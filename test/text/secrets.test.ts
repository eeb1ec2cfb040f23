// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSecretName } from '../../src/text/secret-name.ts'
import { secretSpansInText, type TextKind } from '../../src/text/secrets.ts'

function hidden(text: string, kind: TextKind = 'code'): string[] {
  return secretSpansInText(text, kind).map(({ start, end }) => text.slice(start, end))
}

describe('isSecretName', () => {
  it.each([
    ...[
      'sasl.jaas.config',
      'sasl.password',
      'SASL_PASSWORD',
      'saslPlainPassword',
      'sasl_plain_password',
      'db_passwd',
      'PASSWORD',
    ],
    ...[
      'ssl.key.password',
      'ssl.keystore.key',
      'client_secret',
      'AWS_SECRET_ACCESS_KEY',
      'api.key',
      'apiKey',
      'API_KEY',
      'token',
    ],
    ...[
      'access_token',
      'ACCESS_TOKEN',
      'credentials',
      'private_key',
      'basic.auth.user.info',
      'requirepass',
      'PASSWORD_PROD',
      'self.token',
    ],
    ...['schema.registry.basic.auth.user.info', 'aws_access_key_id', 'ssl.truststore.password'],
  ])('takes %s for a secret', (name) => expect(isSecretName(name)).toBe(true))

  it.each([
    ...[
      'ssl.key.location',
      'ssl.keystore.type',
      'sasl.mechanism',
      'sasl.mechanisms',
      'key.serializer',
      'key.deserializer',
      'topic',
    ],
    ...[
      'sasl.oauthbearer.token.endpoint.url',
      'basic.auth.credentials.source',
      'ssl.truststore.location',
      'secretName',
      'existingSecret',
    ],
    ...[
      'imagePullSecrets',
      'partition.key',
      'key',
      'message_key',
      'group.id',
      'tokenizer',
      'max_tokens',
      'token_ttl',
      'password_file',
    ],
    ...[
      'user_info',
      'sasl.username',
      'client.id',
      'passenger',
      'bypass',
      'author',
      'secretsmanager.region',
      'KEY_PREFIX',
      'compass',
    ],
  ])('takes %s for none', (name) => expect(isSecretName(name)).toBe(false))
})

describe('secretSpansInText of code', () => {
  it.each<readonly [string, readonly string[]]>([
    ['KafkaProducer(sasl_plain_password="hunter2", acks=1)', ['hunter2']],
    ['conf = {"sasl.password": "hunter2", \'sasl.username\': "bob"}', ['hunter2']],
    ["PASSWORD = 'x'", ['x']],
    ['password: str = "abc"', ['abc']],
    ['token: Optional[str] = Field(default="abc")', ['abc']],
    ['conf["sasl.password"] = "abc"', ['abc']],
    ['conf.set("sasl.password", "abc")', ['abc']],
    ['password=os.getenv("KAFKA_PASSWORD", "fallback")', ['fallback']],
    ['password = os.environ.get("KAFKA_PW") or "fallback"', ['fallback']],
    ['api_key = f"abc{x}"', ['abc{x}']],
    ['secret = """a\nb"""', ['a\nb']],
    ['secret = ("one"\n    "two")', ['one', 'two']],
    ["if password == 'abc': pass", ['abc']],
    ['const c = { password: `abc`, apiKey: "k1" }', ['abc', 'k1']],
    ['"org.apache.PlainLoginModule required username=\\"u\\" password=\\"p\\";"', ['p']],
    ['jaas = \'x.PlainLoginModule required user_alice="pw1";\'', ['x.PlainLoginModule required user_alice="pw1";']],
    ['headers={"Authorization": "Bearer abc.def"}', ['abc.def']],
    ['headers["Authorization"] = f"Basic dXNlcjpwYXNz"', ['dXNlcjpwYXNz']],
    ['url = "redis://:s3cret@cache:6379/0"', ['s3cret']],
    ['url = "postgres://bob:p@ss@db/x"', ['p@ss']],
    ['x = "AKIAIOSFODNN7EXAMPLE"', ['AKIAIOSFODNN7EXAMPLE']],
    ['k = "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----"', ['\nabc\n']],
    ['k = "-----BEGIN PRIVATE KEY-----\\nMIIabc"', ['\\nMIIabc']],
  ])('hides the secret in %j', (text, secrets) => expect(hidden(text)).toEqual(secrets))

  it.each([
    'password = os.environ["KAFKA_PASSWORD"]',
    'password=os.getenv("KAFKA_PASSWORD")',
    'password = get_password()',
    'fields = ["token", "user_name"]',
    'key_serializer="abc", sasl_mechanism="PLAIN", ssl_keyfile_path="x"',
    'topic = "user-tokens"',
    'password=""',
    'password=None, token="${TOKEN}", secret="{{ x }}", api_key="%(key)s", auth_token="<token>"',
    'url = "http://localhost:8080/a@b"',
    'url = "redis://${USER}:${PASS}@host"',
    'user_name = "bob"',
    'if conf.api_secret:\n    conf["group.id"] = "x"',
    'class ScramCredential:\n    """Doc."""',
    'self._credentials = Deferred(method="assume-role")',
    'password = decrypt("kms-alias")',
    'conf["sasl.jaas.config"] = jaas.replace("\\n", "")',
    'def check(password: str) -> str: return "abc"',
    '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----',
  ])('hides nothing in %j', (text) => expect(hidden(text)).toEqual([]))
})

describe('secretSpansInText of configuration', () => {
  it.each<readonly [string, readonly string[]]>([
    ['sasl.password=a b c\nx=1', ['a b c']],
    ['# sasl.password=abc\nx=1', ['abc']],
    ['  sasl.password: abc # note\n', ['abc']],
    ['- KAFKA_PASSWORD=abc\n', ['abc']],
    ['command: redis-server --requirepass abc --port 1', ['abc']],
    ['opts: "-Dsasl.password=abc -Dx=y"', ['abc']],
    ['{password: abc, user: bob}', ['abc']],
    ['password: ${KAFKA_PASSWORD:changeme}', ['changeme']],
    ['jdbc:mysql://h/db?user=a&password=abc&x=1', ['abc']],
    ['export API_KEY=abc', ['abc']],
    ['user: ${MINIO_ACCESS_KEY:-abc}', ['abc']],
    ['KafkaServer {\n  org.PlainLoginModule required\n  user_alice="pw1";\n};', ['pw1']],
  ])('hides the secret in %j', (text, secrets) => expect(hidden(text, 'configuration')).toEqual(secrets))

  it.each([
    'password: ${KAFKA_PASSWORD}',
    'password:\n  secretName: x',
    'token: true',
    'gh-token: ${{ secrets.GITHUB_TOKEN }}',
    'id-token: write',
    '#   token: ${{ secrets.X }}',
    '"password": {',
    'KAFKA_SSL_KEY_CREDENTIALS: creds_file',
    'password_digest: <%= BCrypt::Password.create("password", cost: 5) %>',
    'X: ${PASSWORD:?must be set}',
    '# token: see the manual page',
    'imagePullSecrets:\n  - name: registry',
    'password: !vault |\n',
  ])('hides nothing in %j', (text) => expect(hidden(text, 'configuration')).toEqual([]))
})

describe('secretSpansInText', () => {
  it('yields ascending spans inside the text for any text', () => {
    const piece = fc.constantFrom(
      ...[
        'password',
        'token',
        'Authorization',
        'user_x',
        'LoginModule',
        '"',
        "'",
        '\\',
        '=',
        ':',
        ',',
        ' ',
        '\n',
        '(',
        '[',
        ']',
        ')',
        'os.getenv(',
      ],
      ...[
        '://',
        '@',
        'a',
        '{',
        '}',
        '${',
        '-----BEGIN PRIVATE KEY-----',
        '-----END',
        'Bearer ',
        '--',
        '#',
        '"""',
        '\ud800',
        'eyJ',
        '.',
      ],
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(texts, fc.constantFrom<TextKind>('code', 'configuration'), (text, kind) => {
        let before = 0
        for (const { start, end } of secretSpansInText(text, kind)) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          before = end
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is linear', () => {
    const before = process.cpuUsage()
    for (const unit of [
      'password',
      'password="',
      'a://b:',
      '-----BEGIN PRIVATE KEY-----',
      'token=(',
      'eyJ',
      'password ',
      'x',
      'a.token:b',
    ]) {
      secretSpansInText(unit.repeat(50_000), 'configuration')
      secretSpansInText(unit.repeat(50_000))
    }
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(6)
  })
})
