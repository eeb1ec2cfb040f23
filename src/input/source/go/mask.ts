/**
 * Go that the grammar (@lezer/go 1.0.1) does not read, written in the same number of characters as what it reads: a line that ends with `true` or
 * `false` gets the semicolon that the language puts there, and `for range n` (since Go 1.22) loops while `n`.
 */
export function maskGo(text: string): string {
  return text
    .replace(/\b(true|false)([ \t]*\r?\n|[ \t]+\/[/*])/g, (whole, word: string, rest: string, at: number) =>
      inComment(text, at) ? whole : `${word};${rest.slice(1)}`,
    )
    .replace(/\bfor(\s+)range(\s+[^\n:={]+\{)/g, (_, space: string, rest: string) => `for${space}     ${rest}`)
}

function inComment(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at).includes('//')
}
