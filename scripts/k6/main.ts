// `pnpm k6 <name> [smoke|full] [--http=2] [--workers=1]`: starts MySQL, Redis and frontrow, runs one load test of k6/ and
// stops everything. Writes k6/results/<date>-<name>-<profile>.json; the name includes the numbers of processes if they are
// not the default. Exits 99 if an objective is missed.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine } from '../../bench/harness/describe-machine.ts';
import { cpuMicrosOfEndedChildren } from '../../bench/harness/process-cpu.ts';
import { type Installation, openInstallation } from './installation.ts';
import { type Summary, writeResult } from './k6-result.ts';

const scripts = fileURLToPath(new URL('../../k6', import.meta.url));
const RUN_MAX_MS = { smoke: 2 * 60_000, full: 8 * 60_000 };
/** The exit code of k6. */
const OBJECTIVE_MISSED = 99;
/** Tests that poll more often than `pollAfterMs` says, as the published test does. */
const WITHOUT_POLL_LIMIT = ['get-queue-status'];

const HTTP_DEFAULT = 2;
const WORKERS_DEFAULT = 1;

type Arguments = { name: string; profile: 'smoke' | 'full'; http: number; workers: number };

/** A problem that is printed without a stack trace; the process exits 1. */
class ReportedError extends Error {}

try {
  process.exitCode = await main(readArguments());
} catch (error) {
  if (!(error instanceof ReportedError)) throw error;
  console.error(`k6: ${error.message}`);
  process.exitCode = 1;
}

async function main({ name, profile, http, workers }: Arguments): Promise<number> {
  const version = k6Version();
  const variant =
    http === HTTP_DEFAULT && workers === WORKERS_DEFAULT
      ? profile
      : `${profile}-http-${http}-workers-${workers}`;
  const startedAt = new Date();
  const installation = await openInstallation({
    http,
    workers,
    limitsPolls: !WITHOUT_POLL_LIMIT.includes(name),
  });
  try {
    const machine = [
      ...describeMachine(null, { ...installation.services, generator: version }),
      `HTTP processes: ${http}, workers: ${workers}, all on this machine with k6`,
    ];
    console.log(machine.join('\n'));
    const childrenBefore = cpuMicrosOfEndedChildren();
    const { code, summary } = await runK6(name, profile, installation.env);
    const k6 = (cpuMicrosOfEndedChildren() - childrenBefore) / 1_000_000;
    const cpuSeconds = { ...(await installation.cpuSeconds()), k6 };
    const violations = await installation.findViolations();
    const parts = Object.entries(cpuSeconds).map(([part, seconds]) => `${part} ${seconds.toFixed(1)} s`);
    console.log(`CPU time: ${parts.join(', ')}`);
    const isComplete = code === 0 || code === OBJECTIVE_MISSED;
    if (summary !== null && isComplete) {
      const run = { name, profile: variant, startedAt, machine, cpuSeconds, violations };
      console.log(`written: k6/results/${writeResult(join(scripts, 'results'), run, summary)}`);
    }
    return isSound(violations) ? code : 1;
  } finally {
    await installation.close();
  }
}

function readArguments(): Arguments {
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
    if (!names.includes(name) || others.length > 0) throw new Error(`unknown test "${name}"`);
    if (profile !== 'smoke' && profile !== 'full') throw new Error(`unknown profile "${profile}"`);
    return { name, profile, http: count(values.http), workers: count(values.workers) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReportedError(
      `${reason}\nusage: pnpm k6 <name> [smoke|full] [--http=${HTTP_DEFAULT}] [--workers=${WORKERS_DEFAULT}], ` +
        `where <name> is one of: ${names.join(', ')}`,
    );
  }
}

function count(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new Error(`"${text}" is not a number of processes from 1 to 99`);
  return Number(text);
}

function k6Version(): string {
  const { stdout, status } = spawnSync('k6', ['version'], { encoding: 'utf8' });
  if (status === 0) return stdout.split(' (')[0]!.trim();
  throw new ReportedError('k6 is not on the PATH; to install it with Go: go install go.k6.io/k6@v1.8.1');
}

/** `summary` is null if k6 exited before it wrote one. */
async function runK6(
  name: string,
  profile: Arguments['profile'],
  env: Installation['env'],
): Promise<{ code: number; summary: Summary | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'frontrow-k6-'));
  const file = join(folder, 'summary.json');
  const args = ['run', '--no-usage-report', '--summary-export', file, '--env', `PROFILE=${profile}`];
  if (!process.stdout.isTTY) args.push('--quiet'); // no progress bar outside a terminal
  const k6 = spawn('k6', [...args, join(scripts, `${name}.js`)], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
    timeout: RUN_MAX_MS[profile],
    killSignal: 'SIGINT', // after SIGINT k6 still writes its summary
  });
  // At a terminal k6 gets Ctrl-C too. These handlers keep this process alive until it has stopped what it started.
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
  if (rules.length === 0) console.log('audited: no seat is sold twice, and the ledger is exact');
  else console.error(`VIOLATED: ${JSON.stringify(violations)}`);
  return rules.length === 0;
}
