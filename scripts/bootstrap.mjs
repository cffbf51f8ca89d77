// node scripts/bootstrap.mjs <script> [args]: installs the dependencies if needed, then runs a script of package.json.
//
// It runs before anything is installed, on Node 18 or later, so it is plain JavaScript without dependencies.
// The script runs on the project's Node 24, which is one of the dependencies.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@12.21.0';
const REPEAT_IGNORED_MS = 1_000;
const PARENT_POLL_MS = 250;

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules', '.frontrow-installed');

const [script, ...args] = process.argv.slice(2);
const command = readCommand(script);
await installDependencies();
await run(command, args);

/** The words of the script, which must need no shell: signals then reach the program itself. */
function readCommand(name) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof scripts[name] !== 'string') fail(`package.json has no script "${name}"`);
  return scripts[name].split(' ');
}

async function installDependencies() {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'));
  const lockfileHash = createHash('sha256').update(lockfile).digest('hex');
  if (readStamp() === lockfileHash) return;
  console.log('frontrow: installing dependencies (a minute on a fresh machine, seconds later) …');
  const install = spawn('npx', ['--yes', PNPM, 'install', '--frozen-lockfile'], {
    cwd: root,
    stdio: 'inherit',
  });
  const { code, signal } = await ended(install);
  if (code !== 0) {
    fail(
      `installing dependencies failed (${signal ?? `exit code ${code}`}); is the npm registry reachable from here?`,
    );
  }
  writeFileSync(stampFile, lockfileHash);
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Runs the command in its own process group, so that only this process sends it signals. Otherwise Ctrl-C at a terminal
 * would reach it three times: from the terminal, from npm and from here.
 */
async function run(words, moreWords) {
  const dieWithParent = fileURLToPath(new URL('die-with-parent.sh', import.meta.url));
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn('/bin/sh', [dieWithParent, '', ...words, ...moreWords], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    detached: true,
  });
  const parentPipe = child.stdio[3]; // its end tells die-with-parent.sh that this process is dead
  parentPipe.on('error', () => undefined);
  forwardSignals(child);
  const { code, signal } = await ended(child);
  parentPipe.end('\n'); // the command has ended: nothing is left to kill
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
}

function forwardSignals(child) {
  let forwardedAt = -Infinity;
  const forward = (signal) => {
    const isRepeat = performance.now() - forwardedAt < REPEAT_IGNORED_MS;
    if (!isRepeat) child.kill(signal);
    forwardedAt = performance.now();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => forward(signal));

  // SIGTERM ends npm and its shell, which do not forward it. This process only sees that its parent is gone.
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    if (forwardedAt === -Infinity) forward('SIGTERM');
  }, PARENT_POLL_MS);
  watch.unref();
}

function ended(child) {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: 127, signal: null }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function fail(message) {
  console.error(`frontrow: ${message}`);
  process.exit(1);
}
