import { expect, it } from 'vitest';
import { countFailures, describeTorture } from './report.ts';
import { runTorture } from './run-torture.ts';

const SECONDS = 45;

it('keeps every promise under a random mix of attacks', async () => {
  // `pnpm torture 1 --seed=…` brings the same faults in the same order.
  const seed = Number(process.env['TORTURE_SEED'] ?? Date.now() % 1_000_000);
  console.log(`torture: seed ${seed}`);
  const result = await runTorture({ seconds: SECONDS, seed, log: console.log });
  const failures = Object.entries(countFailures(result)).filter(([, count]) => count > 0);
  const report = describeTorture(result, { command: 'vitest', machine: [], date: 'the suite' });
  expect(failures, `seed ${seed}\n${report}`).toEqual([]);
  expect(result.records.acknowledgements.length).toBeGreaterThan(50);
  const acknowledged = new Set<string>(result.records.acknowledgements.map(({ kind }) => kind));
  for (const kind of ['refund', 'check-in', 'adjust']) expect(acknowledged).toContain(kind);
  expect(result.counts.roomReadings).toBeGreaterThan(50);
  expect(Object.keys(result.faults).length).toBeGreaterThan(3);
  expect(result.failedFaults).toEqual([]);
});
