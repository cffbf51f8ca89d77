import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AUTH_JWT_SECRET } from './access-tokens.ts';

/**
 * For every process that serves HTTP: a free port, no pages, which need a build, and no limits of polls or clients, which
 * are all on one address.
 */
export const HTTP_ENV = {
  PORT: '0',
  AUTH_JWT_SECRET,
  WEB: 'off',
  QUEUE_POLL_LIMIT: 'off',
  RATE_LIMITS: 'off',
};

const root = fileURLToPath(new URL('../..', import.meta.url));
export const HERE: ProgramFolder = { folder: root, node: process.execPath, user: undefined };
/** Its text, because another user may not reach its file. */
const DIE_WITH_PARENT = readFileSync(new URL('../../scripts/die-with-parent.sh', import.meta.url), 'utf8');
/** The line that the HTTP app and the worker log once they listen. */
const LISTENING = /(?:listening on|probes at) (http:\/\/[^\s"]+)/;
const READY_WITHIN_MS = 60_000;

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A running process of frontrow. */
export type AppProcess = {
  readonly name: string;
  readonly pid: number;
  /** The address on which it listens. */
  readonly url: string;
  isRunning(): boolean;
  /** Resolves when the process has ended. */
  readonly exited: Promise<Exit>;
  kill(signal: NodeJS.Signals): Promise<Exit>;
  /** Everything that it has written to its standard output and error. */
  output(): string;
};

/** Where programs are, instead of this repository. */
export type ProgramFolder = {
  readonly folder: string;
  /** The file of Node. */
  readonly node: string;
  /** The user who runs them, where it is not that of the tests. */
  readonly user: number | undefined;
};

export type AppStart = {
  readonly name: string;
  /** The path of the program from the root of the repository. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  readonly programs?: ProgramFolder;
};

const started = new Set<AppProcess>();

/** The processes that run, and those that have ended since `forgetEnded`. */
export function startedProcesses(): readonly AppProcess[] {
  return [...started];
}

export function forgetEnded(): void {
  for (const process of started) if (!process.isRunning()) started.delete(process);
}

/** Starts `node <main>` and waits until it listens. It dies with this process. */
export async function startProcess({ name, main, env, programs = HERE }: AppStart): Promise<AppProcess> {
  const { folder, node, user } = programs;
  const child = spawn('/bin/sh', ['-c', DIE_WITH_PARENT, 'die-with-parent.sh', '', node, main], {
    cwd: folder,
    ...(user === undefined ? {} : { uid: user, gid: user }),
    // Without the environment of the tests, to which vitest adds variables.
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
  const app: AppProcess = {
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
  started.add(app);
  return app;
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
  const parentPipe = child.stdio[3] as Socket; // die-with-parent.sh watches it; Node makes pipes of sockets
  parentPipe.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      parentPipe.end('\n'); // ends the watcher, which would kill by a process id that may be in use again
      resolve({ code, signal });
    });
  });
}

function listening(child: ChildProcess, output: () => string, exited: Promise<Exit>): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`it did not listen within ${READY_WITHIN_MS} ms`)),
      READY_WITHIN_MS,
    );
    const readUrl = () => {
      const url = LISTENING.exec(output())?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      child.stdout?.off('data', readUrl);
      resolve(url);
    };
    child.stdout?.on('data', readUrl);
    void exited.catch(reject).then((exit) => {
      clearTimeout(timer);
      return reject(new Error(`it ended: ${JSON.stringify(exit)}`));
    });
  });
}
