import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Cores, onServerCore } from './cores.ts';

/** What the server has used since it was started. */
export type Usage = {
  readonly cpuMicros: number;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  /** On the heap: buffers are outside. */
  readonly allocatedBytes: number;
  /** For how long its collector held it up. */
  readonly gcMicros: number;
};

/** The server in a process of its own, which tells what it uses when it is asked. */
export type MeasuredServer = {
  readonly port: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
};

const entry = fileURLToPath(new URL('../server/main.ts', import.meta.url));
const ANSWER_TIMEOUT_MS = 30_000;

type ServerOptions = {
  readonly cores: Cores | null;
  readonly env: Readonly<Record<string, string>>;
  /** For node itself, as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
};

export async function startMeasuredServer(options: ServerOptions): Promise<MeasuredServer> {
  const { cores, env, nodeOptions = [] } = options;
  const [program = '', ...args] = onServerCore(cores, [process.execPath, ...nodeOptions, entry]);
  const server = spawn(program, args, {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    // What it logs is written as in production, but to nowhere: a reader would take part of the machine.
    stdio: ['ignore', process.env['BENCH_STDOUT'] ? 'inherit' : 'ignore', 'inherit', 'ipc'],
  });
  const { port } = (await answer(server)) as { port: number };
  return {
    port,
    async usage() {
      server.send('usage');
      return (await answer(server)) as Usage;
    },
    async stop() {
      const gone = once(server, 'exit');
      server.disconnect();
      await gone;
    },
  };
}

async function answer(server: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
  try {
    const ended = once(server, 'exit', { signal }).then(([code]) => {
      throw new Error(`the measured server ended with ${String(code)}`);
    });
    const [message] = (await Promise.race([once(server, 'message', { signal }), ended])) as unknown[];
    return message;
  } finally {
    over.abort();
  }
}
