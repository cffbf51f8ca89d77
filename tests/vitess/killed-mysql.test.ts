import { withMysqlAudit } from '@frontrow/adapters/mysql/audit/mysql-audit.ts';
import { type RowDataPacket, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRealEnvironment } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { type SaleFixture, createSaleFixture } from '../support/sale-fixture.ts';
import { keyspacesWith } from './cluster/keyspaces.ts';
import type { Shard, Tablet } from './cluster/shard.ts';
import { type Vitess, startVitess, urlForFrontrow } from './cluster/start-vitess.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import { AT_ONCE, createHolds, insist } from './insist-on-payments.ts';
import { readRows, urlOf } from './primaries.ts';
import { writeSection } from './report/section.ts';

const SEATS = 100;
const REACHED_WITHIN_MS = 120_000;

let vitess: Vitess;
let steps: SaleFixture;
beforeAll(async () => {
  const { sales, accounts, staff } = keyspacesWith(['-']);
  // A promoted primary commits nothing without a replica that acknowledges it. The one of `sales` is killed as well.
  vitess = await startVitess({
    sales: { ...sales!, replicaCount: 3 },
    accounts: { ...accounts!, replicaCount: 2 },
    staff: staff!,
  });
  const url = urlForFrontrow(vitess.vtgate);
  steps = createSaleFixture(await openRealEnvironment({ url, drop: async () => undefined }));
});
afterAll(async () => {
  await steps?.close();
  await vitess?.stop();
});

function shardOf(keyspace: string): Shard {
  return vitess.shards.find((shard) => shard.keyspace === keyspace)!;
}

async function findPrimary({ keyspace, name, primary, replicas }: Shard): Promise<Tablet> {
  const shown = await vitess.vtctl('GetShard', `${keyspace}/${name}`);
  const { cell, uid } = (JSON.parse(shown) as { shard: { primary_alias: { cell: string; uid: number } } })
    .shard.primary_alias;
  return [primary, ...replicas].find(({ alias }) => alias === `${cell}-${uid}`)!;
}

async function readPrimary(keyspace: string, query: string): Promise<RowDataPacket[]> {
  const shard = shardOf(keyspace);
  return readRows(urlOf({ keyspace, primary: await findPrimary(shard) }), query);
}

/** Transactions over both shards whose outcome is still open on one of them. */
async function countUnresolved(): Promise<number> {
  const states = 'select dtid from _vt.dt_state union all select dtid from _vt.redo_state';
  return (await Promise.all([readPrimary('sales', states), readPrimary('accounts', states)])).flat().length;
}

/**
 * Resolves when a payment is prepared in `accounts` and its outcome, "prepared" (1) in `sales`, cannot change there. The
 * returned function lets it change.
 */
async function holdPrepared(): Promise<() => void> {
  const { mysql } = await findPrimary(shardOf('sales'));
  const connection = await createConnection({ uri: `${mysql.url}/_vt` });
  connection.on('error', () => undefined); // its MySQL is killed
  await connection.query(`set session transaction_isolation = 'READ-COMMITTED'`);
  for (;;) {
    await connection.query('begin');
    const [rows] = await connection.query<RowDataPacket[]>(
      'select dtid from dt_state where state = 1 for update skip locked',
    );
    if (rows.length > 0 && (await isPrepared(rows[0]!['dtid'].toString()))) return () => connection.destroy();
    await connection.query('rollback');
  }
}

async function isPrepared(dtid: string): Promise<boolean> {
  const prepared = async () => {
    const rows = await readPrimary('accounts', 'select dtid from _vt.redo_state');
    if (!rows.some((row) => row['dtid'].toString() === dtid)) throw new Error('not prepared');
  };
  return eventually(prepared, 2_000).then(
    () => true,
    () => false,
  );
}

/**
 * Kills the primary of a shard while a payment is prepared, and resolves when a replica is promoted. The dead tablet is deleted:
 * while it is listed, Vitess may promote nobody after the next one has died.
 */
async function replacePrimary({ keyspace, programs, promote }: Replacement): Promise<void> {
  const shard = shardOf(keyspace);
  const letGo = await holdPrepared();
  const killed = await findPrimary(shard);
  await Promise.all([killed.mysql.kill(), programs === 'MySQL' ? null : killed.vttablet.kill()]);
  letGo();
  await promote?.(`${keyspace}/${shard.name}`);
  await eventually(async () => expect(await findPrimary(shard)).not.toBe(killed), REACHED_WITHIN_MS);
  await killed.vttablet.kill();
  await vitess.vtctl('DeleteTablets', killed.alias);
}

type Replacement = {
  readonly keyspace: 'sales' | 'accounts';
  readonly programs: 'MySQL' | 'MySQL and vttablet';
  /** Nothing where VTOrc promotes the replica. */
  readonly promote?: (shard: string) => Promise<unknown>;
};

const BY_HAND: Replacement = {
  keyspace: 'sales',
  programs: 'MySQL',
  promote: (shard) => vitess.vtctl('EmergencyReparentShard', shard),
};
const BY_VTORC: readonly Replacement[] = [
  { keyspace: 'sales', programs: 'MySQL' },
  { keyspace: 'accounts', programs: 'MySQL and vttablet' },
];

/** What every test has done, for the report. */
const acknowledged = new Set<string>();
const pausesMs: number[] = [];
let failures = 0;

function awaitPayments(count: number): Promise<void> {
  const aim = acknowledged.size + count;
  return eventually(async () => expect(acknowledged.size).toBeGreaterThan(aim), REACHED_WITHIN_MS);
}

/**
 * Pays holds of new concerts while the primaries are replaced one after the other, and checks all books. Returns how many
 * attempts had no answer.
 */
async function payThrough(concertCount: number, replacements: readonly Replacement[]): Promise<number> {
  const holds = await createHolds(steps, { seatCount: SEATS, concertCount });
  let [lastAt, longestPauseMs] = [performance.now(), 0];
  const failedBefore = failures;
  const paying = forEachAtOnce(AT_ONCE, holds, async ({ userId, reservationId }) => {
    const request = steps.newRequest(userId);
    await insist(
      () => steps.app.payReservation({ userId, reservationId, request }),
      () => (failures += 1),
    );
    acknowledged.add(reservationId);
    longestPauseMs = Math.max(longestPauseMs, performance.now() - lastAt);
    lastAt = performance.now();
  });
  for (const replacement of replacements) {
    await awaitPayments(SEATS / 2);
    longestPauseMs = 0;
    await replacePrimary(replacement);
    await awaitPayments(AT_ONCE);
    pausesMs.push(longestPauseMs);
  }
  await paying;
  await expectWholeBooks();
  return failures - failedBefore;
}

async function expectWholeBooks(): Promise<void> {
  await eventually(async () => expect(await countUnresolved()).toBe(0));
  const paid = await readPrimary('sales', 'select reservation_id from payment');
  expect(paid.map((row) => String(row['reservation_id'])).toSorted()).toEqual([...acknowledged].toSorted());
  const options = { url: urlForFrontrow(vitess.vtgate), settlesMs: 0 };
  expect(await withMysqlAudit(options, (books) => books.findViolations())).toEqual({});
  expect(await readPrimary('accounts', 'select user_id from wallet where balance <> 0')).toEqual([]);
}

it('no payment is lost or half after the MySQL of a primary was killed and a replica promoted', async () => {
  expect(await payThrough(2, [BY_HAND])).toBeGreaterThan(0);
});

it('VTOrc promotes a replica after the MySQL of a primary was killed, and no payment is lost or half', async () => {
  await vitess.startVtorc(['sales', 'accounts']);
  expect(await payThrough(3, BY_VTORC)).toBeGreaterThan(0);
  await writeSection('4-killed-mysql', describeReplacements());
});

function describeReplacements(): string {
  return [
    '## Killed MySQL',
    '',
    `${acknowledged.size} payments, ${AT_ONCE} at a time, each over \`sales\` and \`accounts\`, of one shard each. Three times a primary is killed ` +
      'with SIGKILL while a payment is prepared and undecided, and a replica is promoted.',
    '',
    '| killed | promoted by | without an acknowledged payment for |',
    '| --- | --- | --- |',
    ...[BY_HAND, ...BY_VTORC].map(({ keyspace, programs, promote }, index) => {
      const by = promote === undefined ? 'VTOrc' : '`EmergencyReparentShard`';
      return `| ${programs} of \`${keyspace}\` | ${by} | ${(pausesMs[index]! / 1_000).toFixed(1)} s |`;
    }),
    '',
    '| what | count |',
    '| --- | --- |',
    '| acknowledged payments that are lost | 0 |',
    '| half or doubled payments | 0 |',
    `| payments that are whole after their retries | ${acknowledged.size} |`,
    `| attempts without an answer, tried again with the same key | ${failures} |`,
  ].join('\n');
}

it('promotes no replica that would be alone in its shard', async () => {
  const { primary } = shardOf('staff');
  await primary.mysql.kill();
  const promoted = vitess.vtctl('EmergencyReparentShard', 'staff/0');
  await expect(promoted).rejects.toThrow('no valid candidates for emergency reparent');
});
