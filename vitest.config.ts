import { defaultExclude, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const BROWSER = ['tests/browser/**/*.test.ts'];
/** What only `pnpm browser` runs: with it, `npm test` would take more than 15 minutes on two cores. */
const BROWSER_LONG = ['tests/browser/{console,long}/**/*.test.ts'];
/** What only `pnpm test:vitess` runs, because it needs Go. */
const VITESS = ['tests/vitess/**/*.test.ts'];
/** What only `pnpm failovers` runs: long series of failovers of real servers. */
const FAILOVERS = ['tests/failovers/**/*.test.ts'];
const REPOSITORY = ['tests/{architecture,deploy,docs}/**/*.test.ts'];

/** For a machine that is many times slower than usual. A test that hangs fails all the same, only later. */
export const PATIENCE = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
};

/** The tests that need nothing but Node. */
export const unit: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'unit',
    include: ['packages/{domain,application,client}/test/**/*.test.ts', 'apps/*/test/**/*.test.{ts,tsx}'],
  },
};

const CHROMIUM = {
  globalSetup: './tests/browser/support/global-setup.ts',
  setupFiles: './tests/support/logs-of-failures.ts',
};

/** The tests of the pages in Chromium. */
const browser: TestProjectInlineConfiguration = {
  extends: true,
  test: { ...CHROMIUM, name: 'browser', include: BROWSER, exclude: [...defaultExclude, ...BROWSER_LONG] },
};

const browserLong: TestProjectInlineConfiguration = {
  extends: true,
  test: { ...CHROMIUM, name: 'browser-long', include: BROWSER_LONG },
};

/** The tests of the checks that read this repository: its imports, its image, its manifests, its documents. */
const repository: TestProjectInlineConfiguration = {
  extends: true,
  test: { name: 'repository', include: REPOSITORY },
};

/** The tests that run against real MySQL and Redis. */
const integration: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'integration',
    include: ['packages/adapters/test/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: [...defaultExclude, ...REPOSITORY, ...BROWSER, ...VITESS, ...FAILOVERS],
    globalSetup: './tests/support/global-setup.ts',
    setupFiles: './tests/support/logs-of-failures.ts',
  },
};

const failovers: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'failovers',
    include: FAILOVERS,
    globalSetup: './tests/support/global-setup.ts',
    setupFiles: './tests/support/logs-of-failures.ts',
  },
};

export default defineConfig({
  test: {
    ...PATIENCE,
    isolate: false, // a worker loads the libraries once, not for each file
    watch: false, // `vitest <path>` ends at a terminal too
    maxWorkers: 3, // most files wait for processes: two at a time leave two cores half idle
    projects: [unit, repository, integration, failovers, browser, browserLong],
  },
});
