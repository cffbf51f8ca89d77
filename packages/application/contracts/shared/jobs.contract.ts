import { describe, expect, it } from 'vitest';
import { type OpenPorts, eventually, usePorts } from './contract-support.ts';

const EVERY_MS = 100;

export function describeJobsContract(name: string, open: OpenPorts<'jobs' | 'ids'>): void {
  describe(`Jobs (${name})`, () => {
    const ports = usePorts(open);
    const newName = () => `job-${ports().ids.next().toLowerCase()}`;

    it('runs each job again and again until it is stopped', async () => {
      const runs = { one: 0, other: 0 };
      const running = await ports().jobs.start([
        { name: newName(), everyMs: EVERY_MS, run: async () => void (runs.one += 1) },
        { name: newName(), everyMs: EVERY_MS, run: async () => void (runs.other += 1) },
      ]);
      await eventually(() => expect(Math.min(runs.one, runs.other)).toBeGreaterThanOrEqual(3));
      await running.stop();
    });

    it('goes on after a run that failed, and keeps the other jobs going', async () => {
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

    it('waits, as it stops, for the run that is under way, and starts no other', async () => {
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
      // Late enough that a stop which does not wait would be over by then.
      setTimeout(gate.resolve, 50);
      await running.stop();
      expect(ended).toBeGreaterThan(0);
      expect(ended).toBe(runs);
    });

    it('has nothing to do without jobs', async () => {
      const running = await ports().jobs.start([]);
      await expect(running.stop()).resolves.toBeUndefined();
    });
  });
}
