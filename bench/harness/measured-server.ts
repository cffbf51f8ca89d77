import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Cores, onServerCore } from './cpu-cores.ts';
import { nextMessage } from './next-message.ts';

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

/** An HTTP server in a child process that reports its usage. */
export type MeasuredServer = {
  readonly port: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
};

/** The measured process, and that of the bare baseline. */
export type MeasuredServers = { readonly frontrow: MeasuredServer; readonly bare: MeasuredServer };

const entryOf = (name: string) => fileURLToPath(new URL(`../server/${name}`, import.meta.url));
export const ENTRIES = {
  bare: entryOf('bare-process.ts'),
  frontrow: entryOf('frontrow-process.ts'),
} as const satisfies Record<keyof MeasuredServers, string>;
const ANSWER_TIMEOUT_MS = 30_000;

type ServerOptions = {
  /** The file that the child process runs. */
  readonly entry: string;
  readonly cores: Cores | null;
  readonly env: Readonly<Record<string, string>>;
  /** Options of node itself, such as `--cpu-prof`. */
  readonly nodeOptions: readonly string[];
};

export async function startMeasuredServer(options: ServerOptions): Promise<MeasuredServer> {
  const { entry, cores, env, nodeOptions } = options;
  const [program = '', ...args] = onServerCore(cores, [process.execPath, ...nodeOptions, entry]);
  const server = spawn(program, args, {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', WALLET_CHARGES: 'open', ...env },
    // The server writes its log as in production; no process reads it, because a reader would use CPU time.
    stdio: ['ignore', process.env['BENCH_STDOUT'] ? 'inherit' : 'ignore', 'inherit', 'ipc'],
  });
  const answer = () => nextMessage(server, 'the measured server', ANSWER_TIMEOUT_MS);
  const { port } = (await answer()) as { port: number };
  return {
    port,
    async usage() {
      server.send('usage');
      return (await answer()) as Usage;
    },
    async stop() {
      if (!server.connected) return;
      const exited = once(server, 'exit');
      server.disconnect();
      await exited;
    },
  };
}
