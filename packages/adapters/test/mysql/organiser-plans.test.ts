import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlanReader, openPlanReader } from './plan-reader.ts';

const PAGE = { limit: 20, cursor: null };
const EVENT = 'event-0';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EVERY_ORDER = { status: null, userId: null, seatNumber: null, from: null, until: null };
const EVERY_ACT = { actor: null, target: null, from: null, until: null };

let reader: PlanReader;
let ports: PlanReader['ports'];
let plansOf: PlanReader['plansOf'];

/** Ten dates with 1,000 sales in every state each, one seat a sale, over 100 hours; 1,000 users; 10,000 acts of staff. */
beforeAll(async () => {
  reader = await openPlanReader();
  const { db } = reader;
  ({ ports, plansOf } = reader);
  const sales = sql`with recursive
    hundred (n) as (select 0 union all select n + 1 from hundred where n < 99),
    sale as (
      select a.n * 100 + b.n as n, concat('event-', a.n div 10) as event_id, concat('user-', (a.n % 10) * 100 + b.n) as user_id,
        lpad(a.n * 100 + b.n, 6, '0') as id, (a.n % 10) * 100 + b.n + 1 as seat,
        elt(1 + b.n % 5, 'HELD', 'EXPIRED', 'CANCELLED', 'CONFIRMED', 'REFUNDED') as status,
        now() - interval a.n hour as created_at
      from hundred a join hundred b)`;
  const paid = sql`status in ('CONFIRMED', 'REFUNDED')`;
  await sql`
    insert into concert (id, title, artist, description, policy, room_version, visibility)
    ${sales} select id, 'A title', 'An artist', '', '{}', 1, elt(1 + n % 3, 'DRAFT', 'PUBLISHED', 'ARCHIVED') from sale`.execute(
    db,
  );
  await sql`
    insert into concert_event
      (id, concert_id, venue, starts_at, reservation_start_at, reservation_end_at, refund_until, seat_count, price)
    ${sales} select distinct event_id, 'a concert', 'The Hall', now(), now(), now(), now(), 1000, 1 from sale`.execute(
    db,
  );
  await sql`
    insert into reservation
      (id, user_id, concert_id, concert_event_id, status, total_amount, sequence, created_at, hold_expires_at, extensions, payment_id)
    ${sales} select id, user_id, 'a concert', event_id, status, 1, n, created_at, created_at + interval 5 minute, 0,
      if(${paid}, concat('p', id), null) from sale`.execute(db);
  await sql`insert into reservation_seat (reservation_id, seat_number) ${sales} select id, seat from sale`.execute(
    db,
  );
  await sql`insert into payment (id, reservation_id, user_id, amount, balance_after, paid_at) ${sales} select concat('p', id), id, user_id, 1, 0, created_at from sale where ${paid}`.execute(
    db,
  );
  await sql`
    insert into wallet_entry (user_id, entry_number, id, kind, amount, balance_after, created_at)
    ${sales} select user_id, n div 1000, id, 'CHARGE', 1, 1, created_at from sale`.execute(db);
  await sql`
    insert into ledger_total ${sales} select distinct date_format(created_at, '%Y-%m-%d %H:00:00'), 1 from sale`.execute(
    db,
  );
  await sql`
    insert into refund ${sales} select concat('f', id), id, concat('p', id), user_id, 'a concert', event_id, 1, 1, 1,
      concat('e', id), created_at, user_id, null from sale where status = 'REFUNDED'`.execute(db);
  await sql`insert into refund_seat (reservation_id, seat_number, refund_id) ${sales} select id, seat, concat('f', id) from sale where status = 'REFUNDED'`.execute(
    db,
  );
  await sql`
    insert into reservation_change (reservation_id, kind, changed_at, actor)
    ${sales} select id, 'EXTENDED', created_at, user_id from sale`.execute(db);
  await sql`
    insert into seat (concert_event_id, number, price, status, reservation_id)
    ${sales} select event_id, seat, 1, 'SOLD', id from sale`.execute(db);
  await sql`
    insert into gate_check_in (reservation_id, seat_number, concert_event_id, gate, actor, checked_in_at) ${sales} select id, seat, event_id, null, 'staff', created_at from sale where n % 3 = 0`.execute(
    db,
  );
  await sql`
    insert into audit_log (created_at, actor, route, request_id, target, state_before, state_after)
    ${sales} select created_at, concat('staff-', n % 50), 'POST /x', id, concat('reservation/', id), 'null', 'null' from sale`.execute(
    db,
  );
  await sql`
    insert into cancellation (concert_event_id, actor, reason, cancelled_at)
    values (${EVENT}, 'staff', 'Ill', now() - interval 1 day)`.execute(db);
  await sql`analyze table concert, concert_event, reservation, reservation_seat, payment, wallet_entry, ledger_total, refund,
    refund_seat, reservation_change, seat, gate_check_in, audit_log`.execute(db);
});
afterAll(() => reader.close());

describe('the orders of a date', () => {
  it.each([
    ['all', EVERY_ORDER, 5],
    ['HELD', { ...EVERY_ORDER, status: 'HELD' }, 1],
    ['EXPIRED, swept or not', { ...EVERY_ORDER, status: 'EXPIRED' }, 2],
    ['CONFIRMED', { ...EVERY_ORDER, status: 'CONFIRMED' }, 1],
    ['a time', { ...EVERY_ORDER, from: Date.now() - DAY_MS, until: Date.now() }, 5],
    ['a seat', { ...EVERY_ORDER, seatNumber: 7 }, 5],
  ] as const)('are read by status, a page of each: %s', async (_, filter, statuses) => {
    for (const cursor of [null, '000500']) {
      const plans = await plansOf(() => ports.orderReads.list(EVENT, filter, { ...PAGE, cursor }));
      const found = plans.filter((plan) => plan.startsWith('reservation_by_event_and_status'));
      expect(found).toHaveLength(statuses);
      expect(
        plans.filter((plan) => !/^(PRIMARY|derived|reservation_by_event_and_status)/.test(plan)),
      ).toEqual([]);
    }
  });

  it('are read by user where the user is asked for', async () => {
    const plans = await plansOf(() =>
      ports.orderReads.list(EVENT, { ...EVERY_ORDER, userId: 'user-7' }, PAGE),
    );
    expect(plans).toContain('reservation_by_user: const');
    expect(plans.filter((plan) => !/^(PRIMARY|derived|reservation_by_user)/.test(plan))).toEqual([]);
  });
});

it('reads the history of an order by its id', async () => {
  expect(await plansOf(() => ports.orderReads.findRecords('000123'))).toEqual([
    'reservation_change_by_reservation: const',
    'refund_by_reservation: const',
  ]);
});

it('reports the sales of a date from its seats, its paid reservations and its refunds', async () => {
  const plans = await plansOf(() => ports.orderReads.reportSales(EVENT));
  expect(plans.filter((plan) => plan !== 'derived')).toEqual([
    'PRIMARY: const',
    expect.stringMatching(/^PRIMARY: .*reservation_id$/),
    'reservation_by_event_and_status: range',
    expect.stringMatching(/^PRIMARY: .*payment_id$/),
    'refund_by_event: const',
    expect.stringMatching(/^PRIMARY: .*reservation_id$/),
    'refund_by_event: const',
    expect.stringMatching(/^PRIMARY: .*reservation_id$/),
    expect.stringMatching(/^PRIMARY: .*seat_number$/),
    expect.stringMatching(/^PRIMARY: .*reservation_id$/),
  ]);
});

it('lists the ledger of a day in the order of its index, and sums it from a saved total', async () => {
  const range = { from: Date.now() - 2 * DAY_MS, until: Date.now() - DAY_MS };
  const cursor = `${Date.now() - 1.5 * DAY_MS}:000123`;
  for (const page of [PAGE, { ...PAGE, cursor }])
    expect(await plansOf(() => ports.ledgerReads.list(range, page))).toEqual(['wallet_entry_by_time: range']);
  const sums = ['PRIMARY: range', 'wallet_entry_by_time: range'];
  expect(await plansOf(() => ports.ledgerReads.sumBefore(range.from))).toEqual(sums);
  expect(await plansOf(() => ports.ledgerTotals.saveNext(HOUR_MS))).toContain('wallet_entry_by_time: range');
});

const listAudit = (filter: object) =>
  plansOf(() =>
    ports.auditLogReads.list({ ...EVERY_ACT, ...filter }, { ...PAGE, cursor: `${Date.now()}:99` }),
  );

it('pages through the audit log by the index of each filter', async () => {
  expect(await listAudit({})).toEqual(['audit_log_by_time: range']);
  expect(await listAudit({ from: Date.now() - HOUR_MS, until: Date.now() })).toEqual([
    'audit_log_by_time: range',
  ]);
  expect(await listAudit({ actor: 'staff-7' })).toEqual(['audit_log_by_actor: range']);
  expect(await listAudit({ target: 'reservation/000123' })).toEqual(['audit_log_by_target: range']);
});

it('counts refunds of a cancelled date and check-ins by the date', async () => {
  expect(await plansOf(() => ports.cancellationReads.find(EVENT))).toEqual([
    'PRIMARY: const',
    'reservation_by_event_and_status: const,const',
    'refund_by_event: range',
    expect.stringMatching(/^PRIMARY: .*reservation_id$/),
  ]);
  expect(await plansOf(() => ports.gateCheckInReads.count(EVENT))).toEqual([
    'PRIMARY: const',
    'PRIMARY: const',
    expect.stringMatching(/^PRIMARY: .*reservation_id,.*number$/),
  ]);
});

it('lists concerts in the order of their ids, of one visibility by its index', async () => {
  for (const cursor of [null, '000500']) {
    expect(await plansOf(() => ports.catalog.listConcerts({ ...PAGE, cursor }, null))).toEqual([
      'PRIMARY: range',
    ]);
    expect(await plansOf(() => ports.catalog.listConcerts({ ...PAGE, cursor }, 'DRAFT'))).toEqual([
      expect.stringMatching(/^concert_by_visibility: /),
    ]);
  }
});
