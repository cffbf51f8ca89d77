// `pnpm test:vitess`: the tests of Vitess, and on its shards the journeys and races of the other tests.
import { defaultExclude, defineConfig } from 'vitest/config';
import { PATIENCE } from './vitest.config.ts';

/** They read rows, or what MySQL counts, over a connection of their own, which is aimed at no shard. */
const READ_ROWS = ['check-ins', 'contended-holds', 'hoarding', 'holds', 'seats'].map(
  (name) => `tests/races/${name}.test.ts`,
);

export default defineConfig({
  test: {
    ...PATIENCE,
    maxWorkers: 1, // the files share one database, which each empties at its end
    fileParallelism: false,
    include: ['tests/{vitess,journeys,races}/**/*.test.ts'],
    exclude: [...defaultExclude, ...READ_ROWS],
    globalSetup: './tests/vitess/global-setup.ts',
    setupFiles: './tests/support/logs-of-failures.ts',
  },
});
