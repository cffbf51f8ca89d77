import { describe, expect, it } from 'vitest';
import type { JobReport } from '../../src/ports/shared/job-reads.ts';
import { type OpenPorts, eventually, usePorts } from './contract-support.ts';

const EVERY_MS = 100;

/** The jobs whose reports the contract reads; the adapter has to know them before they run. */
export const REPORTED_JOBS = { 'reported-success': EVERY_MS, 'reported-failure': EVERY_MS };

export function describeJobsContract(name: string, open: OpenPorts<'jobs' | 'jobReads' | 'ids'>): void {
  describe(`Jobs (${name})`, () => {
    const ports = usePorts(open);
    const newName = () => `job-${ports().ids.next().toLowerCase()}`;

    it('repeats each job until it is stopped', async () => {
      const runs = { one: 0, other: 0 };
      const running = await ports().jobs.start([
        { name: newName(), everyMs: EVERY_MS, run: async () => void (runs.one += 1) },
        { name: newName(), everyMs: EVERY_MS, run: async () => void (runs.other += 1) },
      ]);
      await eventually(() => expect(Math.min(runs.one, runs.other)).toBeGreaterThanOrEqual(3));
      await running.stop();
    });

    it('continues after a failed run, and with the other jobs', async () => {
      let [failures, runs] = [0, 0];
      const running = await ports().jobs.start([
        {
          name: newName(),
          everyMs: EVERY_MS,
          run: async () => {
            failures += 1;
            throw new Error('on purpose');
          },
        },
        { name: newName(), everyMs: EVERY_MS, run: async () => void (runs += 1) },
      ]);
      await eventually(() => expect(Math.min(failures, runs)).toBeGreaterThanOrEqual(2));
      await running.stop();
    });

    it('waits for the present run when it stops, and starts no other', async () => {
      const [started, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let [ended, runs] = [0, 0];
      const run = async () => {
        runs += 1;
        started.resolve();
        await gate.promise;
        ended += 1;
      };
      const running = await ports().jobs.start([{ name: newName(), everyMs: EVERY_MS, run }]);
      await started.promise;
      // By then a stop that does not wait has resolved.
      setTimeout(gate.resolve, 50);
      await running.stop();
      expect(ended).toBeGreaterThan(0);
      expect(ended).toBe(runs);
    });

    it('reports the last runs and failures of each job', async () => {
      const reportOf = async (job: string): Promise<JobReport | undefined> =>
        (await ports().jobReads.read()).jobs.find((report) => report.name === job);
      let failing = true;
      const running = await ports().jobs.start([
        { name: 'reported-success', everyMs: EVERY_MS, run: async () => undefined },
        {
          name: 'reported-failure',
          everyMs: EVERY_MS,
          run: async () => {
            if (failing) throw new Error('on <purpose>');
          },
        },
      ]);
      await eventually(async () => {
        expect(await reportOf('reported-success')).toMatchObject({
          everyMs: EVERY_MS,
          lastRun: { result: 'SUCCEEDED' },
          lastFailure: null,
          failedTotal: 0,
        });
        expect(await reportOf('reported-failure')).toMatchObject({
          lastRun: { result: 'FAILED' },
          lastFailure: { error: 'on <purpose>' },
          succeededTotal: 0,
        });
      });
      failing = false;
      await eventually(async () => {
        const report = await reportOf('reported-failure');
        expect(report).toMatchObject({
          lastRun: { result: 'SUCCEEDED' },
          lastFailure: { error: 'on <purpose>' },
        });
        expect(report!.lastFailure!.endedAt).toBeLessThanOrEqual(report!.lastRun!.endedAt);
        expect(Math.min(report!.failedTotal, report!.succeededTotal)).toBeGreaterThan(0);
      });
      const { asOf, runs } = await ports().jobReads.read();
      expect((await reportOf('reported-success'))!.lastRun!.endedAt).toBeGreaterThan(asOf - 60_000);
      expect(Object.keys(runs).toSorted()).toEqual(['active', 'delayed', 'failed', 'waiting']);
      await running.stop();
    });

    it('starts and stops without jobs', async () => {
      const running = await ports().jobs.start([]);
      await expect(running.stop()).resolves.toBeUndefined();
    });
  });
}
