import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launchServer, type Launch } from './server-process.ts';
import { waitUntil } from './wait-until.ts';

const moduleUrl = new URL('server-process.ts', import.meta.url).href;
const WITHIN_MS = 60_000;
const SLEEP = [process.execPath, '-e', 'setInterval(() => {}, 1000)'];
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'frontrow-server-process-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

const launch = (changes: Partial<Launch>): Launch => ({
  name: 'sleeper',
  command: SLEEP,
  dir,
  removeDir: true,
  readyWithinMs: WITHIN_MS,
  isReady: async () => true,
  ...changes,
});

/** A dead orphan counts as ended, though it stays a zombie in a container without an init process. */
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (cause) {
    return (cause as { code?: string }).code === 'ENOENT' && !existsSync('/proc'); // without a /proc, the signal has found it
  }
};

test.each(['SIGTERM', 'SIGKILL'] as const)('%s ends the server and leaves its folder', async (signal) => {
  const server = await launchServer(launch({}));
  expect(isAlive(server.pid)).toBe(true);
  await server.end(signal);
  expect(isAlive(server.pid)).toBe(false);
  await server.end(signal); // has no effect on an ended server
  await delay(500); // a watcher that still ran would remove the folder now
  expect(existsSync(dir)).toBe(true);
});

test('a server that ends before it answers is an error that shows the end of its log', async () => {
  const command = [process.execPath, '-e', 'console.error("port in use"); process.exit(1)'];
  const started = launchServer(launch({ command, isReady: () => Promise.reject(new Error('refused')) }));
  await expect(started).rejects.toThrow(/sleeper ended at once\. Its log ends:\nport in use/);
});

test('a server that never answers is killed', async () => {
  let seen = 0;
  const isReady = async (pid: number) => {
    seen = pid;
    return false;
  };
  await expect(launchServer(launch({ readyWithinMs: 200, isReady }))).rejects.toThrow(
    'did not answer within 200 ms',
  );
  expect(isAlive(seen)).toBe(false);
});

/** Starts a process that starts a server, writes the server's process id to `<dir>/pid` and then runs `next`. */
const spawnParent = (next: string, command = SLEEP) =>
  spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { readFileSync, writeFileSync } from 'node:fs';
     const { launchServer } = await import('${moduleUrl}');
     const { pid, end } = await launchServer({ name: 'sleeper', command: ${JSON.stringify(command)}, dir: '${dir}',
       removeDir: true, readyWithinMs: ${WITHIN_MS}, killAfterMs: 300, isReady: async () => true });
     writeFileSync('${dir}/pid', String(pid));
     ${next}`,
  ]);

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'the server dies when %s ends its parent',
  async (signal) => {
    const parent = spawnParent('process.stdin.resume()');
    let pid = 0;
    await waitUntil(async () => (pid = Number(await readFile(join(dir, 'pid'), 'utf8'))) > 0, WITHIN_MS);
    expect(isAlive(pid)).toBe(true);
    parent.kill(signal);
    await waitUntil(async () => !isAlive(pid) && !existsSync(dir), WITHIN_MS);
  },
);

test.each(['process.exit(0)', ''])('the server dies when its parent exits by itself (%s)', async (next) => {
  const parent = spawnParent(next);
  const [code] = (await once(parent, 'exit')) as [number];
  expect(code).toBe(0);
  await waitUntil(async () => !existsSync(dir), WITHIN_MS);
});

test('a server that ignores SIGTERM is killed, also when nothing else keeps its parent running', async () => {
  const ignoring = `process.on('SIGTERM', () => {}); console.log('ready'); ${SLEEP[2]}`;
  const parent = spawnParent(
    `while (!readFileSync('${dir}/sleeper.log', 'utf8').includes('ready')) await null;
     await end('SIGTERM');
     writeFileSync('${dir}/ended', '');`,
    [process.execPath, '-e', ignoring],
  );
  const [code] = (await once(parent, 'exit')) as [number];
  expect([code, existsSync(join(dir, 'ended'))]).toEqual([0, true]);
  expect(isAlive(Number(await readFile(join(dir, 'pid'), 'utf8')))).toBe(false);
});
