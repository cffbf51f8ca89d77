// A vitest reporter that writes the counts of a run to the file VITEST_SUMMARY_FILE, for scripts/check.ts.
import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export type VitestSummary = { readonly passed: number; readonly failed: number; readonly skipped: number };

export default class VitestSummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const file = process.env['VITEST_SUMMARY_FILE'];
    if (!file) throw new Error('VITEST_SUMMARY_FILE must name the file to write');
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const testModule of modules) {
      const failedBefore = counts.failed;
      for (const test of testModule.children.allTests()) {
        const { state } = test.result();
        // A test that did not finish did not pass.
        counts[state === 'pending' ? 'failed' : state] += 1;
      }
      // A file fails without a failed test when it does not load or a hook throws.
      if (!testModule.ok() && counts.failed === failedBefore) counts.failed += 1;
    }
    writeFileSync(file, JSON.stringify(counts satisfies VitestSummary));
  }
}
