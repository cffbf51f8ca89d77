import { setTimeout as delay } from 'node:timers/promises';
import type { SupervisedProcess } from '../supervised-process.ts';
import type { Random } from '../random.ts';
import type { Fault } from './fault.ts';

const SKEW_MAX_MS = 600_000;
const UP_WITHIN_MS = 30_000;

function processFaults(subject: 'http' | 'worker'): Fault[] {
  const noun = subject === 'http' ? 'an HTTP process' : 'a worker';
  const fault = (
    name: string,
    run: (process: SupervisedProcess, random: Random) => Promise<void>,
  ): Fault => ({
    name: `${noun} ${name}`,
    subject,
    run: (installation, random) =>
      run(random.pick(subject === 'http' ? installation.http : installation.workers), random),
  });
  return [
    fault('is killed', async (process) => {
      process.kill('SIGKILL');
      await backUp(process);
    }),
    fault('is stopped in good order', async (process) => {
      process.kill('SIGTERM');
      await backUp(process);
    }),
    fault('freezes and thaws', async (process, random) => {
      process.freeze();
      await delay(random.between(500, 12_000));
      process.thaw();
    }),
    fault('has a clock that steps', async (process, random) => {
      process.stepClock(random.pick(['ahead', 'behind']));
      await delay(random.between(500, 5_000));
      process.stepClock('right');
    }),
    fault('freezes and is killed', async (process, random) => {
      process.freeze();
      await delay(random.between(500, 5_000));
      process.kill('SIGKILL');
      await backUp(process);
    }),
  ];
}

export const PROCESS_FAULTS: readonly Fault[] = [
  ...processFaults('http'),
  ...processFaults('worker'),
  {
    name: 'a worker has a wrong clock',
    subject: 'worker',
    async run({ workers }, random) {
      const worker = random.pick(workers);
      worker.setClockSkew(random.between(-SKEW_MAX_MS, SKEW_MAX_MS));
      await backUp(worker);
      await delay(random.between(1_000, 5_000));
      worker.setClockSkew(0);
      await backUp(worker);
    },
  },
  {
    name: 'both workers are killed',
    subject: 'worker',
    async run({ workers }) {
      for (const worker of workers) worker.kill('SIGKILL');
      await Promise.all(workers.map(backUp));
    },
  },
];

/** Not before it has had the time to end. */
async function backUp(process: SupervisedProcess): Promise<void> {
  const deadline = Date.now() + UP_WITHIN_MS;
  const before = process.current();
  while ((process.current() ?? before) === before && Date.now() < deadline) await delay(20);
}
