const JAVA_LANG = new Set(
  'String Object Integer Long Boolean Double Float Short Byte Character Number Math System Thread Runnable Exception RuntimeException Error Throwable Iterable Comparable CharSequence StringBuilder StringBuffer Override Deprecated SuppressWarnings FunctionalInterface SafeVarargs InterruptedException IllegalArgumentException IllegalStateException NullPointerException UnsupportedOperationException Class Void Enum Record Process ProcessBuilder Runtime AutoCloseable'.split(
    ' ',
  ),
)

/** True for a class that every Java file knows without an import. */
export function isJavaLang(name: string): boolean {
  return JAVA_LANG.has(name)
}
