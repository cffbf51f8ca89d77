// `pnpm test:vitess`: the tests of Vitess, and on its shards the journeys and races of the other tests.
import { defaultExclude, defineConfig } from 'vitest/config';
import { PATIENCE } from './vitest.config.ts';

export default defineConfig({
  test: {
    ...PATIENCE,
    maxWorkers: 1, // the files share one database, which each empties at its end
    fileParallelism: false,
    include: ['tests/{vitess,journeys,races}/**/*.test.ts'],
    // It reads what MySQL counts of its own connections and locks.
    exclude: [...defaultExclude, 'tests/races/contended-holds.test.ts'],
    globalSetup: './tests/vitess/global-setup.ts',
    setupFiles: './tests/support/logs-of-failures.ts',
  },
});
