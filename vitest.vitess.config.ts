// `pnpm test:vitess`: the tests of the sharded database, and on it journeys, races and use cases of the other tests.
import { defineConfig } from 'vitest/config';
import { PATIENCE } from './vitest.config.ts';

export default defineConfig({
  test: {
    ...PATIENCE,
    maxWorkers: 1, // the files share one database, which each empties at its end
    fileParallelism: false,
    include: ['tests/vitess/**/*.test.ts', 'tests/journeys/*.test.ts', 'tests/races/*.test.ts'],
    globalSetup: './tests/vitess/global-setup.ts',
    setupFiles: './tests/support/logs-of-failures.ts',
  },
});
