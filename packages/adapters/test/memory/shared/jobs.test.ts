import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../src/system/clock.ts';
import { createMemoryJobs } from '../../../src/memory/shared/jobs.ts';

describe('memory jobs', () => {
  it('report failures by job name, and continue', async () => {
    const reports: [unknown, string][] = [];
    const fault = new Error('on purpose');
    const { jobs } = createMemoryJobs((error, name) => reports.push([error, name]), createSystemClock());
    const fail = () => {
      throw fault;
    };
    const running = await jobs.start([
      { name: 'rejects', everyMs: 5, run: () => Promise.reject(fault) },
      { name: 'throws', everyMs: 5, run: fail },
    ]);
    await eventually(() => {
      for (const job of ['rejects', 'throws'])
        expect(reports.filter(([error, name]) => error === fault && name === job).length).toBeGreaterThan(2);
    });
    await running.stop();
  });

  it('never overlap their own runs, and delay no other job', async () => {
    const [gate, started] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const runs = { slow: 0, quick: 0 };
    const slow = () => {
      runs.slow += 1;
      started.resolve();
      return gate.promise;
    };
    const running = await createMemoryJobs(() => undefined, createSystemClock()).jobs.start([
      { name: 'slow', everyMs: 5, run: slow },
      { name: 'quick', everyMs: 5, run: async () => void (runs.quick += 1) },
    ]);
    await started.promise;
    await eventually(() => expect(runs.quick).toBeGreaterThan(5));
    expect(runs.slow).toBe(1);
    gate.resolve();
    await eventually(() => expect(runs.slow).toBeGreaterThan(2));
    await running.stop();
  });
});
