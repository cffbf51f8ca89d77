import { randomUUID } from 'node:crypto';
import { withMysqlAudit } from '@frontrow/adapters/mysql/audit/mysql-audit.ts';
import { slotOf } from '@frontrow/adapters/mysql/shards/slot-of.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConcertOnSale } from '../support/concert-on-sale.ts';
import { openRealEnvironment } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { unwrap } from '../support/results.ts';
import { type SaleFixture, createSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';
import { keyspacesWith } from './cluster/keyspaces.ts';
import type { Shard } from './cluster/shard.ts';
import { type Vitess, startVitess, urlForFrontrow } from './cluster/start-vitess.ts';
import { type Selling, holdSeats, joinAdmitted, keepSelling, payTogether } from './keep-selling.ts';
import { readNumber, readRows, urlOf, writeTo } from './primaries.ts';
import { type PreparedSplit, prepareSplit } from './split-shard.ts';

const redisKeyPrefix = `test-${randomUUID()}`;
const HOUR_MS = 3_600_000;
/** A split takes some minutes where many other programs run. */
const PATIENCE = { timeout: 1_200_000 };

let vitess: Vitess;
let steps: SaleFixture;
/** A process that has asked nothing since the shards were split. */
let idle: SaleFixture;
beforeAll(async () => {
  const { sales, accounts, staff } = keyspacesWith(['-80', '80-']);
  vitess = await startVitess({ sales: sales!, accounts: { ...accounts!, shards: ['-'] }, staff: staff! });
  [steps, idle] = [await openProcess(), await openProcess()];
  const eventTypes = ['payment.completed', 'reservation.refunded'] as const;
  const endpoint = { url: 'http://127.0.0.1:9/', description: '', eventTypes, by: BY_STAFF };
  unwrap(await steps.app.createWebhookEndpoint(endpoint));
});
afterAll(async () => {
  await idle?.close();
  await steps?.close();
  await vitess?.stop();
});

async function openProcess(): Promise<SaleFixture> {
  const url = urlForFrontrow(vitess.vtgate);
  return createSaleFixture(await openRealEnvironment({ url, drop: async () => undefined }, redisKeyPrefix));
}

const audit = () =>
  withMysqlAudit({ url: urlForFrontrow(vitess.vtgate), settlesMs: 0 }, (books) => books.findViolations());

/** A sale on the shard of `sales` with these slots. */
async function openSaleBetween(first: number, last: number): Promise<ConcertOnSale> {
  const hold = { ttlMs: HOUR_MS, maxExtensions: 2 };
  for (;;) {
    const sale = await steps.openSale({ hold, event: { seatCount: 5_000, price: 1_000 } });
    const slot = slotOf(sale.concertId);
    if (first <= slot && slot <= last) return sale;
  }
}

type Before = Awaited<ReturnType<typeof buyBefore>>;

/** What a fan does on a shard that is split later: has two seats paid for, and a third one held. */
async function buyBefore(sale: ConcertOnSale, userId: string) {
  const { app } = steps;
  const fan = await joinAdmitted(steps, sale, userId);
  const charge = { userId, amount: 3_000, request: steps.newRequest(userId) };
  unwrap(await app.chargeWallet(charge));
  const { reservation } = await steps.createHold(sale, [1, 2], fan);
  const payment = { userId, reservationId: reservation.id, request: steps.newRequest(userId) };
  unwrap(await app.payReservation(payment));
  const holder = await joinAdmitted(steps, sale);
  await steps.charge(holder.userId, 1_000);
  const { reservation: held } = await steps.createHold(sale, [3], holder);
  await extend(holder.userId, held.id);
  await app.relayOutbox();
  return { sale, charge, payment, held };
}

async function extend(userId: string, reservationId: string): Promise<void> {
  unwrap(await steps.app.extendHold({ userId, reservationId, request: steps.newRequest(userId) }));
}

/** What the fan does on a new shard. */
async function goOn({ sale, charge, payment, held }: Before): Promise<void> {
  const { app, ports } = steps;
  expect(unwrap(await app.chargeWallet(charge)).replayed).toBe(true);
  expect(unwrap(await app.payReservation(payment)).replayed).toBe(true);
  unwrap(await steps.refund(payment.userId, payment.reservationId, [2]));
  await extend(held.userId, held.id);
  unwrap(await steps.pay(held.userId, held.id));
  const { changes } = await ports.orderReads.findRecords(held.id);
  expect(changes.map(({ at }) => at)).toEqual(changes.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(changes).toHaveLength(2);
  expect(await steps.seatStatus(sale, 2)).toBe('AVAILABLE');
}

/** A hold that has lapsed on the shard is over when a worker has found it. */
async function lapse({ sale }: Before, shard: Shard): Promise<void> {
  const { reservation } = await steps.createHold(sale, [2], await joinAdmitted(steps, sale));
  const expiry = `hold_expires_at = now(3) - interval 1 minute`;
  await writeTo(urlOf(shard), `update seat set ${expiry} where reservation_id = '${reservation.id}'`);
  await writeTo(urlOf(shard), `update reservation set ${expiry} where id = '${reservation.id}'`);
  const stored = `select status from reservation where id = '${reservation.id}'`;
  await eventually(async () => expect((await readRows(urlOf(shard), stored))[0]!['status']).toBe('EXPIRED'));
}

/** The messages about a reservation in the order of their deliveries. */
async function readMessages(reservationId: string): Promise<readonly string[]> {
  const messages = `select type from webhook_message where subject_id = '${reservationId}' order by outbox_id`;
  return (await readRows(urlOf(shardOf('staff', '0')), messages)).map((row) => String(row['type']));
}

async function listReservations(userId: string): Promise<readonly string[]> {
  const { items } = await steps.ports.reservationReads.list(userId, { limit: 50, cursor: null });
  return items.map(({ id }) => id).toSorted();
}

async function readPaid(shards: readonly Shard[]): Promise<readonly string[]> {
  const rows = await Promise.all(
    shards.map((shard) => readRows(urlOf(shard), 'select reservation_id from payment')),
  );
  return rows.flat().map((row) => String(row['reservation_id']));
}

/** Fans buy in between, and on each of the shards that serve then. */
async function switchBackAndForth(split: PreparedSplit, selling: Selling): Promise<void> {
  for (const turn of ['switchTraffic', 'reverseTraffic', 'switchTraffic'] as const) {
    await split[turn]();
    await selling.sellMore(10);
  }
  await split.complete();
}

function shardOf(keyspace: string, name: string): Shard {
  return vitess.shards.find((shard) => shard.keyspace === keyspace && shard.name === name)!;
}

it('splits a shard of sales beside a running sale, also back and forth', PATIENCE, async () => {
  const userId = steps.newUser();
  const before: Before[] = [];
  for (const [first, last] of [
    [0x00, 0x3f],
    [0x40, 0x7f],
    [0x80, 0xff],
  ] as const)
    before.push(await buyBefore(await openSaleBetween(first, last), userId));
  const own = before.map(({ payment }) => payment.reservationId).toSorted();
  await eventually(async () => {
    await steps.app.relayOutbox();
    expect(await readNumber(urlOf(shardOf('staff', '0')), 'select count(*) from webhook_message')).toBe(3);
  });
  // As a day later: only the counter of the table knows the numbers of the messages.
  await writeTo(urlOf(shardOf('sales', '-80')), 'delete from outbox where delivered_at is not null');

  const selling = keepSelling(
    steps,
    before.map(({ sale }) => sale),
    4,
  );
  const split = await prepareSplit(vitess, { keyspace: 'sales', from: '-80', to: ['-40', '40-80'] });
  expect(await listReservations(userId)).toEqual(own);
  await switchBackAndForth(split, selling);
  await eventually(async () => expect(await listReservations(userId)).toEqual(own));
  for (const each of before) await goOn(each);
  for (const [index, shard] of split.shards.entries()) await lapse(before[index]!, shard);
  await selling.stop();
  expect(selling.failures()).toBeGreaterThan(0);

  await eventually(async () => {
    await steps.app.relayOutbox();
    for (const shard of split.shards)
      expect(await readNumber(urlOf(shard), 'select count(*) from outbox where delivered_at is null')).toBe(
        0,
      );
  });
  for (const id of own) expect(await readMessages(id)).toEqual(['payment.completed', 'reservation.refunded']);
  const held = before.map((each) => each.held.id);
  expect((await readPaid([...split.shards, shardOf('sales', '80-')])).toSorted()).toEqual(
    [...own, ...held, ...selling.paid].toSorted(),
  );
  expect(await audit()).toEqual({});
});

/** A user on the shard of `accounts` with these slots. */
function newUserBetween(first: number, last: number): string {
  for (;;) {
    const userId = steps.newUser();
    const slot = slotOf(userId);
    if (first <= slot && slot <= last) return userId;
  }
}

it(
  'splits a shard of accounts beside a running sale, where each half sums its own entries',
  PATIENCE,
  async () => {
    const { app, ports } = steps;
    const before: Before[] = [];
    for (const userId of [newUserBetween(0x00, 0x7f), newUserBetween(0x80, 0xff)])
      before.push(await buyBefore(await openSaleBetween(0x00, 0xff), userId));
    const users = before.map(({ payment }) => `'${payment.userId}'`).join();
    const old = urlOf(shardOf('accounts', '-'));
    await writeTo(
      old,
      `update wallet_entry set created_at = created_at - interval 3 hour where user_id in (${users})`,
    );
    await app.saveLedgerTotals();
    const readTotals = `select coalesce(max(total), 0) from ledger_total`;
    expect(await readNumber(old, readTotals)).toBe(2_000);
    const anHourAgo = Date.now() - HOUR_MS;
    const holds = await holdSeats(
      steps,
      before[0]!.sale,
      [4_001, 4_002, 4_003, 4_004, 4_005, 4_006, 4_007, 4_008],
    );

    const selling = keepSelling(
      steps,
      before.map(({ sale }) => sale),
      4,
    );
    const split = await prepareSplit(vitess, { keyspace: 'accounts', from: '-', to: ['-80', '80-'] });
    expect(await ports.ledgerReads.sumBefore(anHourAgo)).toBe(2_000);
    await switchBackAndForth(split, selling);
    await eventually(async () => expect(await ports.ledgerReads.sumBefore(anHourAgo)).toBe(2_000));
    await app.saveLedgerTotals();
    for (const shard of split.shards) expect(await readNumber(urlOf(shard), readTotals)).toBe(1_000);
    expect(await ports.ledgerReads.sumBefore(anHourAgo)).toBe(2_000);
    await payTogether(idle, holds);
    for (const each of before) await goOn(each);
    await selling.stop();
    expect(selling.failures()).toBeGreaterThan(0);
    expect(await audit()).toEqual({});
  },
);
