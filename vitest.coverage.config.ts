// `pnpm coverage`: how much of the domain and the application those tests reach that need no server.
import { defineConfig } from 'vitest/config';
import { PATIENCE, unit } from './vitest.config.ts';

export default defineConfig({
  test: {
    ...PATIENCE,
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['packages/{domain,application}/src/**/*.ts'],
      reporter: [['text', { skipFull: true }], 'html', 'json-summary'],
      reportsDirectory: 'coverage',
      /** In percent; raise them when the coverage grows. */
      thresholds: { lines: 98, statements: 97, functions: 99, branches: 95 },
    },
    projects: [
      unit,
      {
        extends: true,
        test: {
          name: 'use cases in memory',
          include: ['tests/use-cases/*.test.ts'],
          provide: { memoryOnly: true },
        },
      },
    ],
  },
});
