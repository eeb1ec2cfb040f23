// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/formats/parse.ts'
import { secretSpans } from '../../src/formats/secrets.ts'
import type { ConfigFormat } from '../../src/formats/syntax.ts'

async function hidden(format: ConfigFormat, text: string): Promise<string[]> {
  return secretSpans(await parseConfig(format, text), text).map(({ start, end }) => text.slice(start, end))
}

describe('secretSpans', () => {
  it('hides values of secret keys in properties, continuation lines and comments', async () => {
    const text =
      'sasl.jaas.config=org.PlainLoginModule required \\\n  username="u" password="p";\nssl.key.location=/x\n#sasl.password=old\nacks=1\n'
    const secrets = await hidden('properties', text)
    expect(secrets).toEqual(['org.PlainLoginModule required \\\n  username="u" password="p";', 'old'])
  })

  it('hides nested and templated names in YAML', async () => {
    const text = `spring:
  kafka:
    properties:
      sasl:
        jaas:
          config: org.X required password="p1";
        mechanism: PLAIN
    ssl:
      key-store-password: "p2"
      key-store-type: PKCS12
  datasource:
    password: \${DB_PASSWORD}
    passwords: [p3]
    apiTokens: 5
env:
  - name: KAFKA_SASL_PASSWORD
    value: p4
  - name: KAFKA_TOPIC
    value: topic
  - name: OTHER_PASSWORD
    valueFrom: { secretKeyRef: { name: kafka-user, key: password } }
`
    expect(await hidden('yaml', text)).toEqual(['org.X required password="p1";', 'p2', 'p4'])
  })

  it('hides all data of a Kubernetes Secret', async () => {
    const text = 'kind: Secret\nmetadata:\n  name: s\nstringData:\n  a: one\n  b.properties: |\n    acks=1\ndata:\n  c: dHdv\n'
    expect(await hidden('yaml', text)).toEqual(['one', '|\n    acks=1', 'dHdv'])
  })

  it('hides secrets inside embedded files and environment lists', async () => {
    const text =
      'data:\n  a.properties: |\n    sasl.password=abc\n    url=http://u:pw@h/\nenvironment:\n  - KAFKA_PASSWORD=xyz\n  - "TOKEN=t k"\n'
    expect(await hidden('yaml', text)).toEqual(['abc', 'pw', 'xyz', 't k'])
  })

  it('hides values in JSON, TOML, env and INI', async () => {
    expect(
      await hidden('json', '{"sasl.password": "a\\"b", "config": {"api.key": "k", "key.converter": "c"}, "port": 1}'),
    ).toEqual(['a\\"b', 'k'])
    expect(await hidden('toml', '[kafka]\npassword = "abc"\ntopic = "t"\n')).toEqual(['abc'])
    expect(await hidden('env', 'export SASL_PASSWORD="a b"\nTOPIC=t\nURL=amqp://u:pw@h\n')).toEqual(['a b', 'pw'])
    expect(await hidden('ini', '[kafka]\nsasl_password = abc def\nacks = all\n')).toEqual(['abc def'])
  })

  it('hides what a file with syntax errors holds', async () => {
    expect(await hidden('yaml', 'a: [\npassword: abc\n}}}\n  token: "x y"\n')).toEqual(['abc', 'x y'])
    expect(await hidden('json', '{"password": "abc", ]]')).toEqual(['abc'])
  })
})
