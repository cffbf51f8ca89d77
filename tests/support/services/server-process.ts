import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const dieWithParent = fileURLToPath(new URL('../../../scripts/die-with-parent.sh', import.meta.url));
const POLL_MS = 20;
const KILL_AFTER_MS = 15_000;

export type Launch = {
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** The working directory; the server's output goes to `<name>.log` in it. */
  readonly dir: string;
  /** Whether `dir` is temporary, and is removed if this process dies. */
  readonly removeDir: boolean;
  readonly readyWithinMs: number;
  /** How long the server may take to end after a signal before it gets SIGKILL; 15 s by default. */
  readonly killAfterMs?: number;
  /** True when the process `pid` answers a connection, and not another process on its port. */
  isReady(pid: number): Promise<boolean>;
};

export type ServerProcess = {
  readonly pid: number;
  /** Sends the signal, then SIGKILL if the process does not end in time. Resolves when it has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
};

/** Starts a server that dies with this process, and waits until it answers. Throws with the end of its log otherwise. */
export async function launchServer(launch: Launch): Promise<ServerProcess> {
  const logFile = join(launch.dir, `${launch.name}.log`);
  const log = openSync(logFile, 'a');
  const removable = launch.removeDir ? launch.dir : '';
  const child = spawn('/bin/sh', [dieWithParent, removable, ...launch.command], {
    cwd: launch.dir,
    // In a separate session: Ctrl-C at a terminal reaches only this process, which then ends the server.
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  const parentPipe = parentPipeOf(child);
  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const exited = new Promise<void>((resolve) => {
    const settle = () => {
      parentPipe.end('\n'); // ends the watcher, which would kill by a process id that may be in use again
      resolve();
    };
    child.once('exit', settle);
    child.once('error', settle);
  });
  child.unref();
  const pid = child.pid ?? -1;
  const end = async (signal: NodeJS.Signals) => {
    if (!isRunning()) return;
    child.ref(); // the event loop must not end before the child has
    process.kill(pid, signal);
    const killTimer = setTimeout(() => process.kill(pid, 'SIGKILL'), launch.killAfterMs ?? KILL_AFTER_MS);
    await exited;
    clearTimeout(killTimer);
  };

  const deadline = Date.now() + launch.readyWithinMs;
  while (isRunning() && Date.now() < deadline) {
    if (await launch.isReady(pid).catch(() => false)) return { pid, end };
    await delay(POLL_MS);
  }
  const what = isRunning() ? `did not answer within ${launch.readyWithinMs} ms` : 'ended at once';
  await end('SIGKILL');
  throw new Error(`${launch.name} ${what}. ${await lastLines(logFile)}`);
}

/**
 * The pipe that die-with-parent.sh watches. Not the standard input, which Node destroys when the child exits, before a
 * line could be written. It must not keep the event loop alive: a server that nobody stops ends with this process.
 */
function parentPipeOf(child: ChildProcess): Socket {
  const pipe = child.stdio[3] as Socket; // Node makes pipes of sockets, which the type does not say
  pipe.on('error', () => undefined); // the watcher may have ended first
  pipe.unref();
  return pipe;
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim() === ''
    ? 'It logged nothing.'
    : `Its log ends:\n${text.trim().split('\n').slice(-8).join('\n')}`;
}
