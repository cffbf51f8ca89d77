import { setTimeout as delay } from 'node:timers/promises';
import { type AppProcess, startProcess } from '../support/processes.ts';
import { startLoop } from '../support/start-loop.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';

export type Env = Readonly<Record<string, string>>;

/** A process that is started again whenever it ends, as an operator's supervisor does. */
export type SupervisedProcess = {
  readonly name: string;
  /** What it reaches its servers through. */
  readonly mysql: TcpProxy;
  readonly redis: TcpProxy;
  /** Null while it is down. */
  current(): AppProcess | null;
  kill(signal: NodeJS.Signals): void;
  freeze(): void;
  thaw(): void;
  /** Steps the clock of the running process ten minutes ahead or behind, or back to the machine's. */
  stepClock(to: keyof typeof CLOCK_SIGNALS): void;
  /** Ends it; its successors run with this difference of the clock. */
  setClockSkew(ms: number): void;
  /** What it has printed, over all its lives. */
  output(): string;
  stop(): Promise<void>;
};

export type SupervisedStart = {
  readonly name: string;
  readonly main: string;
  readonly env: Env;
  readonly mysql: TcpProxy;
  readonly redis: TcpProxy;
};

/** The signals that clock-skew.ts takes. */
const CLOCK_SIGNALS = { ahead: 'SIGALRM', behind: 'SIGURG', right: 'SIGWINCH' } as const;
const RESTART_AFTER_MS = 200;
const clockSkew = new URL('./clock-skew.ts', import.meta.url).href;

/** Resolves when it serves for the first time. */
export async function supervise({
  name,
  main,
  env,
  mysql,
  redis,
}: SupervisedStart): Promise<SupervisedProcess> {
  const outputs: string[] = [];
  let skewMs = 0;
  let isStopped = false;
  let current: AppProcess | null = null;
  const start = async () => {
    const started = await startProcess({
      name,
      main,
      env: { ...env, NODE_OPTIONS: `--import=${clockSkew}`, CLOCK_SKEW_MS: String(skewMs) },
    });
    if (isStopped) await started.kill('SIGKILL'); // it was starting when it was to stop
    return started;
  };

  async function live(): Promise<void> {
    try {
      current ??= await start();
      await current.exited;
      outputs.push(current.output());
    } catch (error) {
      outputs.push(String(error)); // its servers may be away: the next attempt follows
    }
    current = null;
    if (!isStopped) await delay(RESTART_AFTER_MS);
  }
  const kill = (signal: NodeJS.Signals) => void current?.kill(signal);
  current = await start();
  const lives = startLoop(live);
  return {
    name,
    mysql,
    redis,
    current: () => current,
    kill,
    freeze: () => kill('SIGSTOP'),
    thaw: () => kill('SIGCONT'),
    stepClock: (to) => kill(CLOCK_SIGNALS[to]),
    setClockSkew(ms) {
      skewMs = ms;
      kill('SIGTERM');
    },
    output: () => [...outputs, current?.output() ?? ''].join('\n'),
    async stop() {
      isStopped = true;
      const stopping = lives.stop();
      kill('SIGKILL');
      await stopping;
    },
  };
}
