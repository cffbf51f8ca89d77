import { randomUUID } from 'node:crypto';
import { withMysqlAudit } from '@frontrow/adapters/mysql/audit/mysql-audit.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestEnvironment, openRealEnvironment } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { unwrap } from '../support/results.ts';
import { forgetConcerts, sellWithEverything } from '../support/rows-without-concerts.ts';
import { runProgram } from '../support/run-program.ts';
import { createSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';
import { keyspacesWith } from './cluster/keyspaces.ts';
import { type Vitess, startVitess, urlForFrontrow } from './cluster/start-vitess.ts';
import { moveTables } from './move-rows.ts';

const { sales, accounts, staff } = keyspacesWith(['-80', '80-']);
const redisKeyPrefix = `test-${randomUUID()}`;
const SALES = 4;

let vitess: Vitess;
/** The installation on one MySQL, beside which a vttablet runs. */
let plainUrl: string;
const cleanUp: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  vitess = await startVitess({
    frontrow: { shards: ['0'], vschema: { sharded: false } },
    sales: sales!,
    accounts: { ...accounts!, shards: ['-'] },
    staff: staff!,
  });
  const plain = vitess.shards.find(({ keyspace }) => keyspace === 'frontrow')!;
  plainUrl = `${plain.primary.mysql.url}/vt_frontrow`;
});
afterAll(async () => {
  for (const close of cleanUp.toReversed()) await close();
  await vitess?.stop();
});

const open = (url: string) => openRealEnvironment({ url, drop: async () => undefined }, redisKeyPrefix);
const audit = () =>
  withMysqlAudit({ url: urlForFrontrow(vitess.vtgate), settlesMs: 0 }, (books) => books.findViolations());

/** The ids of versions before 0.7.0 have no slot of their concert. */
function withIdsOfBefore({ ports, ...environment }: TestEnvironment): TestEnvironment {
  const next = () => ports.ids.next();
  return { ...environment, ports, app: createApplication({ ...ports, ids: { next, nextIn: next } }) };
}

it('moves an installation from before 0.7.0 to shards, where its fans go on buying', async () => {
  const before = createSaleFixture(withIdsOfBefore(await open(plainUrl)));
  const sold = [];
  for (let index = 0; index < SALES; index += 1) sold.push(await sellWithEverything(before));
  const request = before.newRequest(sold[0]!.userId);
  const charge = { userId: sold[0]!.userId, amount: 5_000, request };
  unwrap(await before.app.chargeWallet(charge));
  const plain = await createConnection(plainUrl);
  await forgetConcerts(plain);
  await plain.end();

  const filled = await runProgram('apps/worker/src/fill-concerts.ts', { MYSQL_URL: plainUrl });
  expect(filled).toMatchObject({ code: 0, err: '' });
  await moveTables(vitess, plainUrl, () => before.close());

  const url = urlForFrontrow(vitess.vtgate);
  const environment = await open(url);
  cleanUp.push(() => environment.close());
  const after = createSaleFixture(environment);
  const { app, ports } = after;
  expect(await audit()).toEqual({});
  expect(unwrap(await app.chargeWallet(charge)).replayed).toBe(true);

  for (const { sale, userId, reservationId } of sold) {
    const reservation = (await ports.reservationReads.find(reservationId))!;
    expect(reservation).toMatchObject({ id: reservationId, userId, seatNumbers: [1, 2, 3] });
    expect((await ports.gateCheckInReads.list(reservationId)).length).toBe(1);
    expect(unwrap(await app.listEntryTickets({ userId, reservationId })).length).toBe(3);
    const { items: payments } = await ports.paymentReads.list(userId, { limit: 9, cursor: null });
    expect(payments).toHaveLength(2);
    for (const { id } of payments)
      expect((await ports.paymentReads.find(id)) ?? (await ports.paymentReads.findFailed(id))).not.toBeNull();
    unwrap(await after.refund(userId, reservationId, [2]));
    await app.countInventory(); // a room admits nobody to seats that no count has seen
    await after.buy(sale, [4]);
  }
  const { sale } = sold[1]!;
  unwrap(await app.cancelEvent({ eventId: sale.event.id, reason: 'Rain', by: BY_STAFF }));
  await eventually(async () => {
    await app.endCancelledDates();
    expect(unwrap(await app.getCancellation(sale.event.id)).finishedAt).not.toBeNull();
  });
  expect(await audit()).toEqual({});

  await app.countInventory();
  await after.buy(sold[0]!.sale, [5]);
  expect(await audit()).toEqual({});
});
