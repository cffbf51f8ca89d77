import { describe, expect, it } from 'vitest';
import { type OpenPorts, eventually, usePorts } from './contract-support.ts';

const EVERY_MS = 100;

export function describeJobsContract(name: string, open: OpenPorts<'jobs' | 'ids'>): void {
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

    it('starts and stops without jobs', async () => {
      const running = await ports().jobs.start([]);
      await expect(running.stop()).resolves.toBeUndefined();
    });
  });
}
