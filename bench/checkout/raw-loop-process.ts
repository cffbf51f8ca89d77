import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Cores, onServerCore } from '../harness/cpu-cores.ts';
import { nextMessage } from '../harness/next-message.ts';
import type { RawAnswer, RawCommand } from './raw-loop.ts';
import type { Recording } from './recorded-checkout.ts';

/** The raw loop in a child process, pinned to the core of the server. */
export type RawLoopProcess = {
  run(command: Omit<RawCommand & { kind: 'run' }, 'kind'>): Promise<RawAnswer>;
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

export async function startRawLoop({ cores, ...options }: RawOptions): Promise<RawLoopProcess> {
  const [program = '', ...args] = onServerCore(cores, [process.execPath, entry]);
  const raw = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced', // keeps Date and Buffer values
  });
  async function send(command: RawCommand): Promise<RawAnswer> {
    raw.send(command);
    return (await nextMessage(raw, 'the raw loop', ANSWER_TIMEOUT_MS)) as RawAnswer;
  }
  await send({ kind: 'open', ...options });
  return {
    run: (command) => send({ kind: 'run', ...command }),
    async stop() {
      const exited = once(raw, 'exit');
      raw.disconnect();
      await exited;
    },
  };
}
