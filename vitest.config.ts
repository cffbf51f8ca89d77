import { defaultExclude, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const REPOSITORY = ['tests/{architecture,docs}/**/*.test.ts'];

/** The tests that need nothing but Node. */
export const unit: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'unit',
    include: ['packages/{domain,application}/test/**/*.test.ts', 'apps/*/test/**/*.test.ts'],
  },
};

/** The tests of the checks that read this repository: its imports, its image, its documents. */
const repository: TestProjectInlineConfiguration = {
  extends: true,
  test: { name: 'repository', include: REPOSITORY, testTimeout: 60_000 },
};

/** The tests that run against real MySQL and Redis. */
const integration: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'integration',
    include: ['packages/adapters/test/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: [...defaultExclude, ...REPOSITORY],
    globalSetup: './tests/support/global-setup.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
};

export default defineConfig({
  test: {
    watch: false, // `vitest <path>` ends at a terminal too
    maxWorkers: 2, // the tests share one MySQL and one Redis, and often a machine with two cores
    projects: [unit, repository, integration],
  },
});
