import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';

export const FANS_MAX = 2_000;
const SEED_MAX = 2 ** 32 - 1;

const bots = z.int().min(0).max(FANS_MAX);
export const seed = z.int().min(0).max(SEED_MAX).nullable();

/** How many bots are in which part of their visit; together all bots of the crowd. */
export const crowdCounts = z.object({
  coming: bots.meta({ description: 'Have not arrived yet' }),
  waiting: bots.meta({ description: 'Are in a waiting room' }),
  choosing: bots.meta({ description: 'Are admitted and choose seats' }),
  holding: bots.meta({ description: 'Hold seats' }),
  paid: bots,
  gaveUp: bots.meta({ description: 'Have left without seats' }),
});

export type Crowd = {
  readonly running: boolean;
  readonly fans: number;
  /** Null before the first crowd. */
  readonly seed: number | null;
  readonly counts: z.output<typeof crowdCounts>;
};

/** The crowd of this server: at most one at a time, in a child process. */
export type CrowdProcess = {
  /** Starts a crowd against the server at `serverUrl`, unless one runs. */
  start(fans: number, serverUrl: string): { readonly crowd: Crowd; readonly isNew: boolean };
  /** The crowd that runs, or else the last one. */
  current(): Crowd;
  /** Lets the bots leave their places, and waits until the process has ended. */
  stop(): Promise<void>;
};

const PROGRAM = fileURLToPath(new URL('../../../crowd/src/main.ts', import.meta.url));
/** Longer than 2,000 bots need to leave their places. */
const LEAVE_MAX_MS = 10_000;

const NOBODY = { coming: 0, waiting: 0, choosing: 0, holding: 0, paid: 0, gaveUp: 0 };

/** The crowd runs in a process of its own, so that it slows the server no more than the requests of its bots do. */
export function createCrowdProcess(logger: FastifyBaseLogger): CrowdProcess {
  let child: ChildProcess | null = null;
  let crowd: Crowd = { running: false, fans: 0, seed: null, counts: NOBODY };

  function watch(started: ChildProcess): void {
    const errors = started.stderr === null ? Promise.resolve('') : text(started.stderr);
    started.on('message', (message) => {
      const counts = crowdCounts.safeParse(message);
      if (counts.success) crowd = { ...crowd, counts: counts.data };
    });
    started.on('error', (err) => logger.error({ err }, 'the crowd cannot be started'));
    // After the last message, unlike `exit`.
    started.on('close', (code) => {
      child = null;
      crowd = { ...crowd, running: false };
      if (code !== 0) void errors.then((err) => logger.warn({ code, err }, 'the crowd has failed'));
    });
  }

  return {
    start(fans, serverUrl) {
      if (child !== null) return { crowd, isNew: false };
      const newSeed = Math.floor(Math.random() * (SEED_MAX + 1));
      child = fork(PROGRAM, [`${fans}`, `${newSeed}`], {
        env: { PATH: process.env['PATH'], FRONTROW_URL: serverUrl },
        execArgv: [],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      crowd = { running: true, fans, seed: newSeed, counts: { ...NOBODY, coming: fans } };
      watch(child);
      return { crowd, isNew: true };
    },
    current: () => crowd,
    async stop() {
      const running = child;
      if (running === null) return;
      const closed = once(running, 'close');
      running.kill('SIGTERM');
      const timer = setTimeout(() => running.kill('SIGKILL'), LEAVE_MAX_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}
