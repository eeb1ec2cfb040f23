/**
 * The options of a JAAS login module: `…ScramLoginModule required username="a" password="b";`. Java's own grammar: values in double quotes
 * with backslash escapes, or bare words.
 */
export function jaasOptions(text: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (const [, name, quoted, single, bare] of text.matchAll(
    /([\w.]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([^\s;"']+))/g,
  )) {
    const value = quoted ?? single ?? bare ?? ''
    options.set(name as string, quoted === undefined && single === undefined ? value : value.replace(/\\(.)/g, '$1'))
  }
  return options
}
