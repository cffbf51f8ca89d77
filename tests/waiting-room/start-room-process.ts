import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';

export type RoomCommand =
  | { readonly kind: 'join'; readonly users: readonly string[] }
  /** Admits and expires without a pause, until the process is killed. */
  | { readonly kind: 'tick' };

/** The connection of the child to its parent. */
export const parentPort = {
  ready: () => process.send?.('ready'),
  onCommand(run: (command: RoomCommand) => Promise<unknown>): void {
    process.on(
      'message',
      (command: RoomCommand) => void run(command).then((answer) => process.send?.(answer)),
    );
    process.on('disconnect', () => process.exit());
  },
};

export type RoomProcessOptions = {
  readonly mysqlUrl: string;
  readonly redisUrl: string;
  readonly prefix: string;
  readonly concertId: string;
};

/** A child process that works on the room. */
export type RoomProcess = {
  join(users: readonly string[]): Promise<readonly QueueToken[]>;
  tick(): void;
  /** Sends SIGKILL and waits for the end of the process. */
  kill(): Promise<void>;
};

export async function startRoomProcess(options: RoomProcessOptions, clockSkewMs = 0): Promise<RoomProcess> {
  const path = fileURLToPath(new URL('./room-process.ts', import.meta.url));
  const env = { ...process.env, CLOCK_SKEW_MS: String(clockSkewMs) };
  const child: ChildProcess = fork(path, [JSON.stringify(options)], { env, execArgv: [] });
  const exited = once(child, 'exit');
  const message = async () => {
    const [answer] = (await Promise.race([once(child, 'message'), exited])) as [unknown];
    if (child.exitCode !== null) throw new Error(`the process of the room ended with ${child.exitCode}`);
    return answer;
  };
  await message();
  const send = (command: RoomCommand) => child.send(command);
  return {
    async join(users) {
      send({ kind: 'join', users });
      return (await message()) as readonly QueueToken[];
    },
    tick: () => void send({ kind: 'tick' }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await exited;
    },
  };
}
