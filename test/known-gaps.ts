/**
 * Where the corpus asks for more than is done today, as `half/language/shape/file:line rule`. Each is either not reported though it should
 * be, or reported though it should not be. The test fails as soon as one of them comes out right, so that the list cannot grow old.
 */
export const KNOWN_GAPS: readonly { readonly at: string; readonly why: string }[] = [
  {
    at: 'err/python/commit-around-yield/stream.py:16 commit-before-processing',
    why: 'a handler is not followed from a generator to the loop that takes its messages',
  },
  {
    at: 'err/python/error-of-the-driver-swallowed/worker.py:29 swallowed-failure',
    why: 'a catch of some exceptions is not known to take those of the effect',
  },
  {
    at: 'err/python/setnx-expire-in-classes/keys.py:9 redis-setnx-expire',
    why: 'commands of Redis are followed inside one module only',
  },
]
