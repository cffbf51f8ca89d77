import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { AUTH_JWT_SECRET } from './access-tokens.ts';

/** For every process that serves HTTP: any port, and polls as often as a test likes. */
export const HTTP_ENV = { PORT: '0', AUTH_JWT_SECRET, QUEUE_POLL_LIMIT: 'off' };

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What the HTTP app and the worker say once they serve. */
const LISTENING = /(?:listening on|probes at) (http:\/\/[^\s"]+)/;
const READY_WITHIN_MS = 60_000;

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A process of frontrow as an operator would run it. */
export type AppProcess = {
  readonly name: string;
  readonly pid: number;
  /** Where it listens. */
  readonly url: string;
  isRunning(): boolean;
  /** Resolves when the process is gone. */
  readonly exited: Promise<Exit>;
  kill(signal: NodeJS.Signals): Promise<Exit>;
  /** Everything that it has printed. */
  output(): string;
};

export type AppStart = {
  readonly name: string;
  /** The program, from the root of the repository. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
};

/** Starts `node <main>` and waits for its "listening" line. It cannot outlive the tests, however these end. */
export async function startProcess({ name, main, env }: AppStart): Promise<AppProcess> {
  const child = spawn('/bin/sh', ['scripts/guard.sh', '', process.execPath, main], {
    cwd: root,
    // Nothing of the environment of the tests, which a test runner fills with its own.
    env: { PATH: process.env['PATH'], ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const exited = exitOf(child);
  const url = await listening(child, output, exited).catch((cause: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${name} did not start. It printed:\n${output()}`, { cause });
  });
  return {
    name,
    pid: child.pid ?? -1,
    url,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    exited,
    kill(signal) {
      child.kill(signal);
      return exited;
    },
    output,
  };
}

function collect({ stdout, stderr }: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      chunks.push(chunk);
      if (process.env['FRONTROW_TEST_LOG'] === '1') process.stderr.write(chunk);
    });
  }
  return () => chunks.join('');
}

function exitOf(child: ChildProcess): Promise<Exit> {
  const leash = child.stdio[3] as Socket; // what guard.sh watches; node makes its pipes of sockets
  leash.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      leash.end('\n'); // stands the guard down: the process id may soon be another's
      resolve({ code, signal });
    });
  });
}

function listening(child: ChildProcess, output: () => string, exited: Promise<Exit>): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it was not ready in time')), READY_WITHIN_MS);
    const look = () => {
      const url = LISTENING.exec(output())?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      child.stdout?.off('data', look);
      resolve(url);
    };
    child.stdout?.on('data', look);
    void exited.catch(reject).then((exit) => {
      clearTimeout(timer);
      return reject(new Error(`it ended: ${JSON.stringify(exit)}`));
    });
  });
}
