import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Cores, onServerCore } from '../harness/cores.ts';
import type { RawAnswer, RawOrder } from './raw-loop.ts';
import type { Facts, Recording } from './statements.ts';

/** The raw loop in a process of its own, on the core of the server. */
export type RawDriver = {
  run(act: 'hold' | 'pay', checkouts: readonly Facts[]): Promise<RawAnswer>;
  stop(): Promise<void>;
};

const entry = fileURLToPath(new URL('./raw-loop.ts', import.meta.url));
const ANSWER_TIMEOUT_MS = 60_000;

type RawOptions = {
  readonly cores: Cores | null;
  readonly url: string;
  readonly poolSize: number;
  readonly recording: Recording;
};

export async function startRawDriver({ cores, ...options }: RawOptions): Promise<RawDriver> {
  const [program = '', ...args] = onServerCore(cores, [process.execPath, entry]);
  const raw = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced', // dates and digests arrive as such
  });
  async function order(what: RawOrder): Promise<RawAnswer> {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
    try {
      const ended = once(raw, 'exit', { signal }).then(([code]) => {
        throw new Error(`the raw loop ended with ${String(code)}`);
      });
      raw.send(what);
      const [answer] = (await Promise.race([once(raw, 'message', { signal }), ended])) as [RawAnswer];
      return answer;
    } finally {
      over.abort();
    }
  }
  await order({ kind: 'open', ...options });
  return {
    run: (act, checkouts) => order({ kind: 'run', act, checkouts }),
    async stop() {
      const gone = once(raw, 'exit');
      raw.disconnect();
      await gone;
    },
  };
}
