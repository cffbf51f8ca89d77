import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const guard = fileURLToPath(new URL('../../../scripts/guard.sh', import.meta.url));
const POLL_MS = 20;
const END_WITHIN_MS = 15_000;

export type Launch = {
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** Working directory; the server's output goes to `<name>.log` in it. */
  readonly dir: string;
  /** Whether `dir` is a throwaway, to be removed should this process die. */
  readonly removeDir: boolean;
  readonly readyWithinMs: number;
  /** True when the process `pid`, and no other that took its port, answers a real connection. */
  isReady(pid: number): Promise<boolean>;
};

export type ServerProcess = {
  readonly pid: number;
  /** Sends the signal and resolves when the process is gone; one that will not go is killed after 15 s. */
  end(signal: NodeJS.Signals): Promise<void>;
};

/** Starts a server under guard.sh and waits until it answers. Throws with the end of its log if it does not. */
export async function launchServer(launch: Launch): Promise<ServerProcess> {
  const logFile = join(launch.dir, `${launch.name}.log`);
  const log = openSync(logFile, 'a');
  const removable = launch.removeDir ? launch.dir : '';
  const child = spawn('/bin/sh', [guard, removable, ...launch.command], {
    cwd: launch.dir,
    // A session of its own, so that Ctrl-C at a terminal reaches the starter only, which then ends it in order.
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  const leash = leashOf(child);
  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const exited = new Promise<void>((resolve) => {
    const settle = () => {
      leash.end('\n'); // stands the guard down: the process id may soon be another's
      resolve();
    };
    child.once('exit', settle);
    child.once('error', settle);
  });
  child.unref();
  const pid = child.pid ?? -1;
  const end = async (signal: NodeJS.Signals) => {
    if (!isRunning()) return;
    process.kill(pid, signal);
    // Also keeps the event loop alive, which the unreferenced child does not.
    const lastResort = setTimeout(() => process.kill(pid, 'SIGKILL'), END_WITHIN_MS);
    await exited;
    clearTimeout(lastResort);
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
 * The pipe that guard.sh watches. (Not the standard input: node destroys that at the child's exit, before a
 * line could be written.) It must not keep the starter's event loop alive: a forgotten server ends with the starter.
 */
function leashOf(child: ChildProcess): Socket {
  const leash = child.stdio[3] as Socket; // node makes its pipes of sockets, which the type does not say
  leash.on('error', () => undefined); // the guard may have gone first
  leash.unref();
  return leash;
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim() === ''
    ? 'It logged nothing.'
    : `Its log ends:\n${text.trim().split('\n').slice(-8).join('\n')}`;
}
