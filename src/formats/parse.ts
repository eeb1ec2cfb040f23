import type { ConfigFormat, Parsed } from './syntax.ts'

export type Parser = (text: string) => Parsed

/** The parser of a format. Each is loaded when first asked for, as some bring a large package. */
export async function parserFor(format: ConfigFormat): Promise<Parser> {
  switch (format) {
    case 'properties':
      return (await import('./properties.ts')).parseProperties
    case 'yaml':
      return (await import('./yaml.ts')).parseYaml
    case 'json':
      return (await import('./json.ts')).parseJson
    case 'toml':
      return (await import('./toml.ts')).parseToml
    case 'env':
      return (await import('./env.ts')).parseEnv
    case 'ini':
      return (await import('./ini.ts')).parseIni
  }
}

/** Parses a configuration file. Never rejects for what the text holds: see `problems`. */
export async function parseConfig(format: ConfigFormat, text: string): Promise<Parsed> {
  return (await parserFor(format))(text)
}
