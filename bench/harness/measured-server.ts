import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Cores, onServerCore } from './cpu-cores.ts';

/** What the server has used since its start. */
export type Usage = {
  readonly cpuMicros: number;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  /** On the V8 heap, without buffers. */
  readonly allocatedBytes: number;
  /** Time in which the garbage collector paused it. */
  readonly gcMicros: number;
};

/** The HTTP server in a child process that reports its usage. */
export type MeasuredServer = {
  readonly port: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
};

const entry = fileURLToPath(new URL('../server/serve-with-baselines.ts', import.meta.url));
const ANSWER_TIMEOUT_MS = 30_000;

type ServerOptions = {
  readonly cores: Cores | null;
  readonly env: Readonly<Record<string, string>>;
  /** Options of node itself, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
};

export async function startMeasuredServer(options: ServerOptions): Promise<MeasuredServer> {
  const { cores, env, nodeOptions = [] } = options;
  const [program = '', ...args] = onServerCore(cores, [process.execPath, ...nodeOptions, entry]);
  const server = spawn(program, args, {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    // The server writes its log as in production; no process reads it, because a reader would use CPU time.
    stdio: ['ignore', process.env['BENCH_STDOUT'] ? 'inherit' : 'ignore', 'inherit', 'ipc'],
  });
  const { port } = (await nextMessage(server)) as { port: number };
  return {
    port,
    async usage() {
      server.send('usage');
      return (await nextMessage(server)) as Usage;
    },
    async stop() {
      const exited = once(server, 'exit');
      server.disconnect();
      await exited;
    },
  };
}

async function nextMessage(server: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
  try {
    const ended = once(server, 'exit', { signal }).then(([code]) => {
      throw new Error(`the measured server exited with ${String(code)}`);
    });
    const [message] = (await Promise.race([once(server, 'message', { signal }), ended])) as unknown[];
    return message;
  } finally {
    over.abort();
  }
}
