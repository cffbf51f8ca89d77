import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMicrosOf } from '../../bench/harness/process-cpu.ts';
import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { AUTH_CLAIMS, AUTH_JWT_SECRET } from '@frontrow/tests/support/access-tokens.ts';
import { type AppProcess, startProcess } from '@frontrow/tests/support/processes.ts';
import { startPrivateMysql } from '@frontrow/tests/support/services/start-mysql.ts';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import { type AuditReport, auditBooks } from '@frontrow/worker/audit/audit-books.ts';

/** HTTP and worker processes with production settings, on a private MySQL and Redis, all on this machine. */
export type Installation = {
  readonly services: Readonly<Record<string, string>>;
  /** The environment variables of the k6 scripts. */
  readonly env: { readonly BASE_URL: string; readonly AUTH_JWT_SECRET: string };
  readonly mysqlUrl: string;
  readonly redisUrl: string;
  readonly http: readonly AppProcess[];
  readonly workers: readonly AppProcess[];
  /** CPU time of each kind of process since its start, in seconds. */
  cpuSeconds(): Promise<Readonly<Record<'http' | 'worker' | 'mysql' | 'redis', number>>>;
  /** Violated invariants of seats, money and waiting rooms, after the last requests are finished. */
  findViolations(): Promise<AuditReport['violations']>;
  close(): Promise<void>;
};

export type InstallationOptions = {
  readonly http: number;
  readonly workers: number;
  readonly limitsPolls: boolean;
  /** Whether every process listens for an inspector, on a port of its own that it prints. */
  readonly inspects?: boolean;
};

export const KEY_PREFIX = 'k6';
const SETTLING_MS = 1_000;
const STOPPED_WITHIN_MS = 15_000;

export async function openInstallation({
  http,
  workers,
  limitsPolls,
  inspects = false,
}: InstallationOptions): Promise<Installation> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  const run = async (name: string, main: string, env: Record<string, string>) => {
    const started = await startProcess({ name, main, env });
    undo.push(() => stop(started));
    return started;
  };
  try {
    // As in production, MySQL flushes every commit before it answers.
    const mysql = await startPrivateMysql({ durable: true });
    undo.push(() => mysql.stop());
    const redis = await startPrivateRedis();
    undo.push(() => redis.stop());
    const mysqlUrl = `${mysql.url}/k6`;
    await migrate(mysqlUrl);
    const common = {
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      MYSQL_URL: mysqlUrl,
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: KEY_PREFIX,
      QUEUE_TOKEN_SECRETS: 'k6:tickets-of-the-load-tests-are-signed-with-this',
      ENTRY_TICKET_SECRETS: 'k6:entry-tickets-of-the-load-tests-are-signed-with-this',
      AUTH_JWT_SECRET,
      WEB: 'off',
      ...AUTH_CLAIMS,
      WALLET_CHARGES: 'open', // each fan charges their own wallet
      RATE_LIMITS: 'off', // all virtual users have one address
      QUEUE_POLL_LIMIT: limitsPolls ? 'on' : 'off',
      PORT: '0',
      WORKER_PORT: '0',
      ...(inspects ? { NODE_OPTIONS: '--inspect=127.0.0.1:0' } : {}),
    };
    const [servers, workerProcesses] = [[] as AppProcess[], [] as AppProcess[]];
    for (let n = 0; n < workers; n += 1)
      workerProcesses.push(await run('worker', 'apps/worker/src/main.ts', common));
    for (let n = 0; n < http; n += 1) servers.push(await run('http', 'apps/http/src/main.ts', common));
    return {
      services: { MySQL: `${mysql.how}, every commit flushed`, Redis: redis.how },
      env: { BASE_URL: servers.map(({ url }) => url).join(','), AUTH_JWT_SECRET, ...AUTH_CLAIMS },
      mysqlUrl,
      redisUrl: redis.url,
      http: servers,
      workers: workerProcesses,
      cpuSeconds: async () => ({
        http: await cpuSecondsOf(servers),
        worker: await cpuSecondsOf(workerProcesses),
        mysql: cpuMicrosOf(mysql.pid) / 1_000_000,
        redis: cpuMicrosOf(redis.pid) / 1_000_000,
      }),
      async findViolations() {
        await sleep(SETTLING_MS); // k6 may have abandoned requests that are still in progress
        const report = await auditBooks({ mysqlUrl, redisUrl: redis.url, redisKeyPrefix: KEY_PREFIX });
        return report.violations;
      },
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function stop(process: AppProcess): Promise<void> {
  const timer = setTimeout(() => void process.kill('SIGKILL'), STOPPED_WITHIN_MS);
  await process.kill('SIGTERM');
  clearTimeout(timer);
}

/** Sums process_cpu_seconds_total of the processes' metrics. */
async function cpuSecondsOf(processes: readonly AppProcess[]): Promise<number> {
  const each = await Promise.all(
    processes.map(async ({ url }) => {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      return Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]);
    }),
  );
  return each.reduce((sum, seconds) => sum + seconds, 0);
}
