// node scripts/bootstrap.mjs <script> [args]: installs what is missing, then runs a script of package.json.
//
// Runs on the Node 18 or 20 that a fresh machine has, before anything is installed, hence plain JavaScript.
// The script itself runs on the project's own Node 24, which is one of the dependencies.
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
await installWhatIsMissing();
await run(command, args);

/** Scripts run this way are plain words, so that no shell stands between a signal and the program. */
function readCommand(name) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof scripts[name] !== 'string') fail(`package.json has no script "${name}"`);
  return scripts[name].split(' ');
}

async function installWhatIsMissing() {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'));
  const wanted = createHash('sha256').update(lockfile).digest('hex');
  if (readStamp() === wanted) return;
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
  writeFileSync(stampFile, wanted);
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Runs the command in a process group of its own, so that a signal reaches it once and by this way only:
 * at a terminal Ctrl-C would otherwise come from the terminal, from npm and from here.
 */
async function run(words, moreWords) {
  const guard = fileURLToPath(new URL('guard.sh', import.meta.url));
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn('/bin/sh', [guard, '', ...words, ...moreWords], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    detached: true,
  });
  const leash = child.stdio[3]; // its end would tell the guard that this process is dead
  leash.on('error', () => undefined);
  forwardSignals(child);
  const { code, signal } = await ended(child);
  leash.end('\n'); // stands the guard down
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

  // A SIGTERM for npm ends npm and its shell, which pass nothing on: all that can be seen is that they are gone.
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
