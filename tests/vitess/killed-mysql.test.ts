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

const SEATS = 100;
const CONCERTS = 4;
const PAYMENTS = SEATS * CONCERTS;
const REACHED_WITHIN_MS = 120_000;

let vitess: Vitess;
let steps: SaleFixture;
beforeAll(async () => {
  const { sales, accounts, staff } = keyspacesWith(['-']);
  // A promoted primary commits nothing without a replica that acknowledges it.
  vitess = await startVitess({
    sales: { ...sales!, replicaCount: 2 },
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

async function readRows({ keyspace }: Shard, { mysql }: Tablet, query: string): Promise<RowDataPacket[]> {
  const connection = await createConnection({ uri: `${mysql.url}/vt_${keyspace}` });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(query);
    return rows;
  } finally {
    connection.destroy();
  }
}

async function readPrimary(keyspace: string, query: string): Promise<RowDataPacket[]> {
  const shard = shardOf(keyspace);
  return readRows(shard, await findPrimary(shard), query);
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

/** Kills the MySQL of the first primary, as in `kill`, while a payment is prepared, and promotes a replica. */
async function replacePrimary(keyspace: string, kill: (tablet: Tablet) => Promise<unknown>): Promise<void> {
  const shard = shardOf(keyspace);
  const letGo = await holdPrepared();
  await kill(shard.primary);
  letGo();
  await vitess.vtctl('EmergencyReparentShard', `${keyspace}/${shard.name}`);
  expect((await findPrimary(shard)).alias).not.toBe(shard.primary.alias);
}

it('no payment is lost or half after the MySQL of a primary was killed and a replica promoted', async () => {
  const holds = await createHolds(steps, { seatCount: SEATS, concertCount: CONCERTS });
  const acknowledged = new Set<string>();
  let failures = 0;
  const paying = forEachAtOnce(AT_ONCE, holds, async ({ userId, reservationId }) => {
    const request = steps.newRequest(userId);
    await insist(
      () => steps.app.payReservation({ userId, reservationId, request }),
      () => (failures += 1),
    );
    acknowledged.add(reservationId);
  });

  const reach = (share: number) =>
    eventually(async () => expect(acknowledged.size).toBeGreaterThan(PAYMENTS * share), REACHED_WITHIN_MS);
  await reach(1 / 4);
  await replacePrimary('sales', ({ mysql }) => mysql.kill());
  await reach(1 / 2);
  await replacePrimary('accounts', ({ mysql, vttablet }) => Promise.all([mysql.kill(), vttablet.kill()]));
  await paying;
  expect(failures).toBeGreaterThan(0);

  await eventually(async () => expect(await countUnresolved()).toBe(0));
  const paid = await readPrimary('sales', 'select reservation_id from payment');
  expect(paid.map((row) => String(row['reservation_id'])).toSorted()).toEqual([...acknowledged].toSorted());
  const options = { url: urlForFrontrow(vitess.vtgate), settlesMs: 0 };
  expect(await withMysqlAudit(options, (books) => books.findViolations())).toEqual({});
  expect(await readPrimary('accounts', 'select user_id from wallet where balance <> 0')).toEqual([]);
});

it('promotes no replica that would be alone in its shard', async () => {
  const { primary } = shardOf('staff');
  await primary.mysql.kill();
  const promoted = vitess.vtctl('EmergencyReparentShard', 'staff/0');
  await expect(promoted).rejects.toThrow('no valid candidates for emergency reparent');
});
