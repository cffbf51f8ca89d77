import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { auditBooks } from '@frontrow/worker/audit/audit-books.ts';
import { type Connection, createConnection } from 'mysql2/promise';
import { createClient } from '../support/client.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { startPrivateMysql } from '../support/services/start-mysql.ts';
import { startPrivateRedis } from '../support/services/start-redis.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../support/services/temporary-folder.ts';
import { tableChecksums } from '../support/table-checksums.ts';
import { findLostWrites } from '../torture/find-lost-writes.ts';
import { createRandom } from '../torture/random.ts';
import { type Acknowledgement, createRecords, type Records } from '../torture/records.ts';
import { applyBinaryLogs, archiveBinaryLogs } from './binary-logs.ts';
import {
  DATABASE,
  type HaInstallation,
  KEY_PREFIX,
  openHaInstallation,
  startProcesses,
} from './installation.ts';
import { type Load, startLoad } from './load.ts';
import { run } from './mysql-group.ts';

export type RestoreResult = {
  readonly services: Readonly<Record<string, string>>;
  /** Acknowledged writes by the moment of their acknowledgement. */
  readonly writes: {
    readonly beforeBackup: number;
    readonly untilMoment: number;
    readonly afterMoment: number;
  };
  readonly tables: number;
  readonly backupMs: number;
  readonly restoreMs: number;
  /** What must not occur, with its number. */
  readonly failures: Readonly<Record<string, number>>;
  readonly examples: readonly string[];
};

type Options = { readonly seed: number; readonly log: (line: string) => void };
type Moment = {
  readonly at: string;
  readonly checksums: Readonly<Record<string, string>>;
  readonly writes: number;
};

const LOAD_MS = 4_000;

/** Backs a group up under load, destroys it, and restores it up to a moment after the backup into a new server. */
export async function runRestore({ seed, log }: Options): Promise<RestoreResult> {
  const folder = await makeTemporaryFolder('restore');
  try {
    const lost = await loseEverything(folder, seed, log);
    const restored = await restore(folder, lost.moment, log);
    try {
      const checks = await check(restored.server, lost, log);
      return {
        ...lost,
        restoreMs: restored.tookMs,
        tables: Object.keys(lost.moment.checksums).length,
        ...checks,
      };
    } finally {
      await restored.server.stop();
    }
  } finally {
    await removeTemporaryFolder(folder);
  }
}

async function loseEverything(folder: string, seed: number, log: Options['log']) {
  const installation = await openHaInstallation();
  try {
    const records = createRecords();
    const load = await startLoad({ client: installation.client, records, random: createRandom(seed) });
    const { group } = installation;
    const primary = await group.primary();
    const source = group.members.find((member) => member !== primary)!;
    await mkdir(join(folder, 'binlogs'));
    const archive = await archiveBinaryLogs(source, join(folder, 'binlogs'));
    await delay(LOAD_MS);
    const beforeBackup = records.acknowledgements.length;
    log(`a backup of ${source.name}, under load`);
    const startedAt = performance.now();
    await run(source, (db) => db.query('clone local data directory = ?', [join(folder, 'backup')]));
    const backupMs = performance.now() - startedAt;
    await delay(LOAD_MS);
    const moment = await takeMoment(installation, load, records);
    log(`the moment to restore: ${moment.at} UTC`);
    load.resume();
    await delay(LOAD_MS);
    await load.pause();
    log('somebody deletes the ledger; then every server is lost');
    await run(await group.primary(), (db) => db.query(`delete from ${DATABASE}.wallet_entry`));
    await group.awaitSame(group.members);
    await archive.finish();
    return {
      services: installation.services,
      records,
      moment,
      backupMs,
      writes: {
        beforeBackup,
        untilMoment: moment.writes - beforeBackup,
        afterMoment: records.acknowledgements.length - moment.writes,
      },
    };
  } finally {
    await installation.close();
  }
}

/** Stands everything still for more than a second, because binary logs can be cut at whole seconds. */
async function takeMoment(
  { group, processes }: HaInstallation,
  load: Load,
  records: Records,
): Promise<Moment> {
  await load.pause();
  for (const { pid } of processes) process.kill(pid, 'SIGSTOP');
  await group.awaitSame(group.members);
  await delay(1_100 - (Date.now() % 1_000));
  const at = new Date().toISOString().slice(0, 19).replace('T', ' ');
  const db = await connectTo(group.members[0]!.server);
  const checksums = await tableChecksums(db).finally(() => db.destroy());
  await delay(1_000);
  for (const { pid } of processes) process.kill(pid, 'SIGCONT');
  return { at, checksums, writes: records.acknowledgements.length };
}

async function restore(folder: string, { at }: Moment, log: Options['log']) {
  const startedAt = performance.now();
  const server = await startPrivateMysql({
    durable: true,
    bufferPoolMb: 64,
    data: join(folder, 'backup'),
    args: ['--server-id=9', '--gtid-mode=ON', '--enforce-gtid-consistency=ON', '--skip-replica-start'],
  });
  try {
    await applyBinaryLogs(join(folder, 'binlogs'), at, server.port);
  } catch (cause) {
    await server.stop();
    throw cause;
  }
  const tookMs = performance.now() - startedAt;
  log(`restored in ${(tookMs / 1_000).toFixed(1)} s`);
  return { server, tookMs };
}

type Lost = { readonly moment: Moment; readonly records: Records };

async function check(server: PrivateServer, { moment, records }: Lost, log: Options['log']) {
  const db = await connectTo(server);
  const until = { ...records, acknowledgements: records.acknowledgements.slice(0, moment.writes) };
  const checksums = await tableChecksums(db);
  const different = Object.keys({ ...moment.checksums, ...checksums }).filter(
    (table) => checksums[table] !== moment.checksums[table],
  );
  const { lost, doubleCharges } = await findLostWrites(db, until);
  const later = { ...records, acknowledgements: records.acknowledgements.slice(moment.writes) };
  const after = later.acknowledgements.length - (await findLostWrites(db, later)).lost.length;

  // As the runbook has it: sequences go on where nobody has drawn one, and Redis is empty.
  await db.query('update room_checkpoint set epoch = epoch + 100');
  db.destroy();
  await migrate(`${server.url}/${DATABASE}`);
  const redis = await startPrivateRedis();
  try {
    const audit = await auditBooks({
      mysqlUrl: `${server.url}/${DATABASE}`,
      redisUrl: redis.url,
      redisKeyPrefix: KEY_PREFIX,
    });
    log('frontrow starts on the restored server');
    const problems = await serveAgain(server, redis, until.acknowledgements);
    return {
      failures: {
        'tables that differ from the moment': different.length,
        'acknowledged writes lost from before the moment': lost.length,
        'writes doubled': doubleCharges.length,
        'writes that are there from after the moment': after,
        'rules that the audit finds broken': Object.keys(audit.violations).length,
        'goals of the new processes missed': problems.length,
      },
      examples: [
        ...different,
        ...lost.slice(0, 5).map((write) => JSON.stringify(write)),
        ...Object.keys(audit.violations),
        ...problems,
      ],
    };
  } finally {
    await redis.stop();
  }
}

/** Processes of frontrow sell on the restored server, and its fans read there what they have bought. */
async function serveAgain(
  server: PrivateServer,
  redis: PrivateServer,
  acknowledged: readonly Acknowledgement[],
): Promise<readonly string[]> {
  const cleanUp: (() => Promise<unknown>)[] = [];
  try {
    const [http] = await startProcesses(server.url, redis.url, cleanUp);
    const client = createClient(http!.url);
    cleanUp.push(() => client.close());
    const records = createRecords();
    const load = await startLoad({ client: () => client, records, random: createRandom(1), name: 'new-fan' });
    await delay(LOAD_MS);
    await load.pause();
    const kinds = new Set(records.acknowledgements.map(({ kind }) => kind));
    return [
      ...['charge', 'hold', 'pay']
        .filter((kind) => !kinds.has(kind as 'pay'))
        .map((kind) => `nobody could ${kind}`),
      ...records.complaints.map(({ rule, what }) => `${rule}: ${what}`),
      ...(acknowledged.length === 0 ? ['nothing was written before the moment'] : []),
    ];
  } finally {
    for (const undo of cleanUp.toReversed()) await undo();
  }
}

async function connectTo(server: PrivateServer): Promise<Connection> {
  return createConnection({ uri: `${server.url}/${DATABASE}`, timezone: 'Z' });
}
