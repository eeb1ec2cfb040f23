import { defineConfig } from 'vitest/config'
import quick from './vitest.config.ts'

/** What takes too long for every run. */
export default defineConfig({
  test: { ...quick.test, include: ['test/full/**/*.test.ts'], exclude: ['**/node_modules/**'], testTimeout: 60_000 },
})
