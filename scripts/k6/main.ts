// `pnpm k6 <name> [smoke|full] [--http=2] [--workers=1]`: one load test of k6/ against real parts, which are brought up
// for it and stopped again. Writes k6/results/<date>-<name>-<profile>.json, with the number of processes in its name where
// that was asked for; exit code 99 where an objective is missed.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine } from '../../bench/harness/describe-machine.ts';
import { type Installation, openInstallation } from './installation.ts';
import { type Summary, writeResult } from './k6-result.ts';

const scripts = fileURLToPath(new URL('../../k6', import.meta.url));
const RUN_MAX_MS = { smoke: 2 * 60_000, full: 8 * 60_000 };
/** k6's own exit code. */
const OBJECTIVE_MISSED = 99;
/** The published test polls every second, however far off the turn is. */
const POLLS_TOO_OFTEN = ['get-queue-status'];

const HTTP_DEFAULT = 2;
const WORKERS_DEFAULT = 1;

type Order = { name: string; profile: 'smoke' | 'full'; http: number; workers: number };

/** What keeps the test from running, told without a stack. */
class Stop extends Error {}

try {
  process.exitCode = await main(readOrder());
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(`k6: ${error.message}`);
  process.exitCode = 1;
}

async function main({ name, profile, http, workers }: Order): Promise<number> {
  const version = k6Version();
  const variant =
    http === HTTP_DEFAULT && workers === WORKERS_DEFAULT
      ? profile
      : `${profile}-http-${http}-workers-${workers}`;
  const startedAt = new Date();
  const installation = await openInstallation({
    http,
    workers,
    limitsPolls: !POLLS_TOO_OFTEN.includes(name),
  });
  try {
    const machine = [
      ...describeMachine(null, { ...installation.services, generator: version }),
      `HTTP processes: ${http}, workers: ${workers}, all on this machine with k6`,
    ];
    console.log(machine.join('\n'));
    const { code, summary } = await runK6(name, profile, installation.env);
    const cpuSeconds = await installation.cpuSeconds();
    const violations = await installation.findViolations();
    console.log(`CPU: ${cpuSeconds.http.toFixed(1)} s in HTTP, ${cpuSeconds.worker.toFixed(1)} s in workers`);
    const isComplete = code === 0 || code === OBJECTIVE_MISSED; // not aborted
    if (summary !== null && isComplete) {
      const run = { name, profile: variant, startedAt, machine, cpuSeconds, violations };
      console.log(`written: k6/results/${writeResult(join(scripts, 'results'), run, summary)}`);
    }
    return isSound(violations) ? code : 1;
  } finally {
    await installation.close();
  }
}

function readOrder(): Order {
  const names = readdirSync(scripts)
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -3));
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        http: { type: 'string', default: String(HTTP_DEFAULT) },
        workers: { type: 'string', default: String(WORKERS_DEFAULT) },
      },
    });
    const [name = '', profile = 'smoke', ...others] = positionals;
    if (!names.includes(name) || others.length > 0) throw new Error(`there is no test "${name}"`);
    if (profile !== 'smoke' && profile !== 'full') throw new Error(`there is no profile "${profile}"`);
    return { name, profile, http: count(values.http), workers: count(values.workers) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Stop(
      `${reason}\nusage: pnpm k6 <name> [smoke|full] [--http=${HTTP_DEFAULT}] [--workers=${WORKERS_DEFAULT}], ` +
        `where <name> is one of: ${names.join(', ')}`,
    );
  }
}

function count(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new Error(`"${text}" is no number of processes`);
  return Number(text);
}

function k6Version(): string {
  const { stdout, status } = spawnSync('k6', ['version'], { encoding: 'utf8' });
  if (status === 0) return stdout.split(' (')[0]!.trim();
  throw new Stop('there is no k6 on the PATH; with Go: go install go.k6.io/k6@v1.8.1');
}

/** `summary` is null where k6 ended before it had one. */
async function runK6(
  name: string,
  profile: Order['profile'],
  env: Installation['env'],
): Promise<{ code: number; summary: Summary | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'frontrow-k6-'));
  const file = join(folder, 'summary.json');
  const args = ['run', '--no-usage-report', '--summary-export', file, '--env', `PROFILE=${profile}`];
  if (!process.stdout.isTTY) args.push('--quiet'); // no progress line that nobody sees move
  const k6 = spawn('k6', [...args, join(scripts, `${name}.js`)], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
    timeout: RUN_MAX_MS[profile],
    killSignal: 'SIGINT', // upon which it still writes its summary
  });
  // At a terminal k6 gets Ctrl-C by itself; here it must not end the process before all that it started is stopped.
  const pass = (signal: NodeJS.Signals) => k6.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, pass);
  try {
    const [code] = (await once(k6, 'exit')) as [number | null];
    const summary = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Summary) : null;
    return { code: code ?? 1, summary };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function isSound(violations: Readonly<Record<string, unknown>>): boolean {
  const rules = Object.keys(violations);
  if (rules.length === 0) console.log('audited: no seat is sold twice, and the money is exact');
  else console.error(`VIOLATED: ${JSON.stringify(violations)}`);
  return rules.length === 0;
}
