// `pnpm test:vitess`: the tests of Vitess, and on its shards the journeys, races, use cases and contracts of the other tests.
import { defaultExclude, defineConfig } from 'vitest/config';
import { PATIENCE } from './vitest.config.ts';

const OF_ONE_MYSQL = [
  'tests/races/contended-holds.test.ts', // counts statements and waits for locks by what MySQL measures itself
  'tests/use-cases/round-trips.test.ts', // counts round trips, of which an aim adds some
  'tests/use-cases/one-key-for-two.test.ts', // a key that comes with two bodies is on the shards of both
];

export default defineConfig({
  test: {
    ...PATIENCE,
    maxWorkers: 1, // the files share one database, which each empties at its end
    fileParallelism: false,
    include: [
      'tests/{vitess,journeys,races,use-cases}/**/*.test.ts',
      'packages/adapters/test/mysql/contracts.test.ts',
    ],
    isolate: false, // a worker loads the libraries once, not for each file
    exclude: [...defaultExclude, ...OF_ONE_MYSQL],
    globalSetup: './tests/vitess/global-setup.ts',
    setupFiles: './tests/support/logs-of-failures.ts',
  },
});
