// `pnpm test:vitess`: the tests of the sharded database.
import { defineConfig } from 'vitest/config';
import { PATIENCE } from './vitest.config.ts';

export default defineConfig({
  test: {
    ...PATIENCE,
    maxWorkers: 1, // the files share one database, which each empties at its end
    fileParallelism: false,
    include: ['tests/{vitess,journeys,races}/**/*.test.ts'],
    globalSetup: './tests/vitess/global-setup.ts',
    setupFiles: './tests/support/logs-of-failures.ts',
  },
});
