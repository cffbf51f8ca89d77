import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: 2, // the tests share one MySQL and one Redis, and often a machine with two cores
    projects: [
      {
        extends: true,
        test: {
          name: 'unit', // needs nothing but Node
          include: [
            'packages/{domain,application}/{src,test}/**/*.test.ts',
            'apps/*/{src,test}/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration', // runs against real MySQL and Redis
          include: ['packages/adapters/test/**/*.test.ts', 'tests/**/*.test.ts'],
          globalSetup: './tests/support/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
