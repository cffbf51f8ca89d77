import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import { newConcert } from '@frontrow/application/contracts/shared/contract-builders.ts';
import { ALL_EVENTS, type ConcertDates } from '@frontrow/application/ports/catalog/catalog.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createUlidGenerator } from '../../src/system/id-generator.ts';
import { type PlanReader, openPlanReader } from './plan-reader.ts';

const ids = createUlidGenerator();
const concert = newConcert({ ids });
const PAGE = { limit: 20, cursor: null };

let reader: PlanReader;
let ports: PlanReader['ports'];
let plansOf: PlanReader['plansOf'];

/** Forty concerts with fifty events each; one of them with fifty seats for each event and 4,000 reservations. */
beforeAll(async () => {
  reader = await openPlanReader();
  const { db } = reader;
  ({ ports, plansOf } = reader);
  await ports.transact(async ({ concerts }) => ok(await concerts.add(concert, POLICY_DEFAULT)), 'STAFF');
  const numbers = sql`with recursive number (n) as (select 0 union all select n + 1 from number where n < 99)`;
  await sql`
    insert into concert_event
      (id, concert_id, venue, starts_at, reservation_start_at, reservation_end_at, refund_until, seat_count, price)
    ${numbers}
    select
      concat('event-', d.n * 100 + c.n), if(c.n = 0, ${concert.id}, concat('concert-', c.n)), 'The Hall',
      now() + interval d.n - 10 day, now() + interval d.n - 30 day, now() + interval d.n - 11 day, now(), 50, 1
    from number d join number c where d.n < 50 and c.n < 40`.execute(db);
  await sql`
    insert into seat (concert_event_id, number, price)
    ${numbers} select e.id, n + 1, 1 from concert_event e join number where e.concert_id = ${concert.id} and n < 50`.execute(
    db,
  );
  await sql`
    insert into reservation
      (id, user_id, concert_id, concert_event_id, status, total_amount, sequence, created_at, hold_expires_at, extensions, live_hold)
    ${numbers}
    select
      concat('reservation-', a.n * 100 + b.n), concat('user-', a.n * 100 + b.n), ${concert.id}, 'event-0',
      if(a.n = 0, 'HELD', 'EXPIRED'), 1, 1, now(), now() + interval 1 hour, 0, if(a.n = 0, 1, null)
    from number a join number b where a.n < 40`.execute(db);
  await sql`
    insert into queue_end (concert_id, user_id, sequence, reason, created_at)
    ${numbers}
    select ${concert.id}, 'user', a.n * 100 + b.n, 'EXPIRED', now() - interval a.n hour
    from number a join number b`.execute(db);
  await sql`
    insert into concert (id, title, artist, description, policy, room_version, visibility)
    ${numbers}
    select concat('concert-', a.n * 100 + b.n), 'A title', 'An artist', '', '{}', 1, if(b.n = 0, 'PUBLISHED', 'ARCHIVED')
    from number a join number b where a.n < 20`.execute(db);
  await sql`
    insert into sale_code (id, concert_id, code_digest, uses_max, created_at)
    ${numbers}
    select
      concat('code-', a.n * 100 + b.n), if(a.n = 0, ${concert.id}, 'another'), concat('digest-', a.n * 100 + b.n), 5, now()
    from number a join number b where a.n < 40`.execute(db);
  await sql`
    insert into sale_code_use (concert_id, user_id, sale_code_id, used_at)
    ${numbers}
    select ${concert.id}, concat('user-', a.n * 100 + b.n), concat('code-', b.n), now()
    from number a join number b where a.n < 40`.execute(db);
  await sql`
    insert into room_checkpoint (concert_id, epoch, updated_at)
    ${numbers} select concat('concert-', a.n * 100 + b.n), 1, now() from number a join number b where a.n < 20`.execute(
    db,
  );
  const tables = [
    'concert',
    'concert_event',
    'seat',
    'reservation',
    'queue_end',
    'sale_code',
    'sale_code_use',
  ];
  await sql`analyze table ${sql.join([...tables, 'room_checkpoint'].map((name) => sql.table(name)))}`.execute(
    db,
  );
});
afterAll(() => reader.close());

const eventId = 'event-1200';
const claim = { eventId, seatNumbers: [1, 2, 3], reservationId: 'a reservation' };

it('lists events in the order of an index, wherever the page begins', async () => {
  const { catalog } = ports;
  const selling = { from: Date.now(), until: Date.now() + 60_000 };
  const cursor = `${Date.now()}:${eventId}`;
  expect(await plansOf(() => catalog.listEvents(concert.id, PAGE, ALL_EVENTS))).toEqual([
    'concert_event_by_start: const',
  ]);
  const DAY_MS = 86_400_000;
  const range = { startsFrom: Date.now() - 9 * DAY_MS, startsBefore: Date.now() + 30 * DAY_MS };
  for (const page of [PAGE, { ...PAGE, cursor }])
    for (const selection of [
      range,
      { ...range, selling },
      { selling },
      { ...range, order: 'LATEST_FIRST' } as const,
    ])
      expect(
        await plansOf(() => catalog.listEvents(concert.id, page, { ...ALL_EVENTS, ...selection })),
      ).toEqual(['concert_event_by_start: range']);
});

it('lists concerts by their visibility, and looks for one date of each by its start', async () => {
  const list = (dates?: ConcertDates) =>
    plansOf(() => ports.catalog.listConcerts({ ...PAGE, cursor: 'concert-1' }, 'PUBLISHED', dates));
  const byVisibility = expect.stringMatching(/^concert_by_visibility: /) as string;
  const range = { from: Date.now(), until: Date.now() + 60_000 };
  expect(await plansOf(() => ports.catalog.listConcerts(PAGE, 'PUBLISHED'))).toEqual([byVisibility]);
  expect(await list()).toEqual([byVisibility]);
  for (const dates of [
    { kind: 'UPCOMING', from: Date.now() },
    { kind: 'NONE_UPCOMING', from: Date.now() },
    { kind: 'SELLING', range },
  ] as const)
    expect(await list(dates)).toEqual([
      byVisibility,
      expect.stringMatching(/^concert_event_by_start: /) as string,
    ]);
});

it('finds an event and its concert by their primary keys, and the hold of a user by its unique key', async () => {
  expect(await plansOf(() => ports.catalog.findEvent(eventId))).toEqual(['PRIMARY: const']);
  expect(
    await plansOf(() =>
      ports.transact(
        async ({ seats }) => ok(await seats.findHoldContext('event-0', ['user-7', 'user-8'])),
        'STAFF',
      ),
    ),
  ).toEqual(['PRIMARY: const', 'PRIMARY: const', 'reservation_one_live_hold: range']);
});

it('reads the live holds of the users who request seats by their unique key', async () => {
  const request = { userId: 'user-7', operation: 'POST /x', key: 'k', fingerprint: 'f' };
  const requests = ['user-7', 'user-8'].map((userId) => ({
    userId,
    seatNumbers: [1],
    ticket: { concertId: concert.id, userId, sequence: 1 },
    request: { ...request, userId },
  }));
  const plans = await plansOf(() => ports.seatReads.findAvailability('event-0', requests));
  expect(plans).toContain('reservation_one_live_hold: range');
});

it('reads the history of a user by one key of user and concert, however many others there are', async () => {
  const place = { concertId: concert.id, userId: 'user-7', sequence: 1 };
  const held: HeldReservation = {
    ...place,
    id: 'none',
    status: 'HELD',
    eventId,
    seatNumbers: [1],
    totalAmount: 1,
    createdAt: Date.now(),
    holdExpiresAt: Date.now(),
    extensions: 0,
  };
  const plans = await plansOf(() =>
    ports.transact(
      async ({ reservations }) =>
        ok(await reservations.findHistories([held, { ...held, userId: 'user-8' }], Date.now())),
      'STAFF',
    ),
  );
  expect(plans.filter((plan) => plan.startsWith('reservation'))).toEqual([
    'reservation_by_user_and_concert: range',
  ]);
});

it('lists and changes seats by their primary key', async () => {
  const places = [1, 2].map((sequence) => ({ concertId: concert.id, userId: 'a user', sequence }));
  const listing = await plansOf(() => ports.seatReads.list(eventId, places));
  const byKey = 'PRIMARY: const';
  expect(listing).toEqual([byKey, byKey, byKey, 'PRIMARY: range']);
  const states = await plansOf(() => ports.seatReads.readStates(eventId, places));
  expect(states).toEqual([byKey, byKey, 'PRIMARY: range', byKey]);
  const dates = Array.from({ length: 50 }, (_, date) => `event-${date * 100}`);
  expect(await plansOf(() => ports.seatReads.countAvailable([eventId]))).toEqual([byKey]);
  expect(
    await plansOf(() =>
      ports.transact(async ({ seats }) => ok(await seats.findUnavailable(eventId)), 'STAFF'),
    ),
  ).toEqual([byKey]);
  expect(await plansOf(() => ports.seatReads.countAvailable(dates))).toEqual(['PRIMARY: range']);
  const blocked = await plansOf(() => ports.blockedSeatReads.list(eventId, { limit: 100, cursor: '7' }));
  expect(blocked).toEqual(['PRIMARY: range']);
  const plans = await plansOf(() =>
    ports.transact(async ({ seats }) => {
      await seats.lock(claim);
      await seats.hold([{ ...claim, ttlMs: 60_000 }], 'WAIT');
      await seats.extend([claim], Date.now() + 60_000);
      await seats.sell([claim]);
      await seats.release(claim);
      return ok(undefined);
    }, 'STAFF'),
  );
  expect(plans.length).toBeGreaterThanOrEqual(4);
  // EXPLAIN shows `const` for an update by a key, and `range` for a select of several keys.
  for (const plan of plans) expect(plan).toMatch(/^PRIMARY: /);
});

it('counts the seats of selling events by their windows, and the live holds by their own index', async () => {
  const plans = await plansOf(() => ports.inventoryReads.count(concert.id));
  expect(plans).toEqual([
    'concert_event_by_reservation_window: range',
    expect.stringMatching(/^PRIMARY: .*event\.id$/),
    'reservation_one_live_hold: const,const',
    'refund_by_concert: range',
  ]);
  expect(await plansOf(() => ports.reservationReads.list('nobody', PAGE))).toContain(
    'reservation_by_user: const',
  );
  expect(await plansOf(() => ports.reservationReads.listLapsed(10))).toEqual([
    'reservation_by_expiry: range',
  ]);
});

it('finds a sale code by its digest, the use of a user by its key, and lists codes in the order of an index', async () => {
  const page = { limit: 20, cursor: 'code-30' };
  expect(await plansOf(() => ports.saleCodeReads.list(concert.id, PAGE))).toEqual([
    'sale_code_by_concert: const',
  ]);
  expect(await plansOf(() => ports.saleCodeReads.list(concert.id, page))).toEqual([
    'sale_code_by_concert: range',
  ]);
  const plans = await plansOf(() =>
    ports.transact(async ({ saleCodes }) => {
      await saleCodes.lock('code-7');
      await saleCodes.lockByDigest(concert.id, 'digest-7');
      await saleCodes.findUse(concert.id, 'user-7');
      await saleCodes.revoke('code-7', 1_000);
      return ok(undefined);
    }, 'STAFF'),
  );
  expect(plans).toEqual([
    'PRIMARY: const',
    'sale_code_by_digest: const,const',
    'PRIMARY: const,const',
    'PRIMARY: const',
    'PRIMARY: const',
  ]);
});

it('reads what decides on a join by the keys of the concert', async () => {
  const plans = await plansOf(() => ports.catalog.findJoinRules(concert.id));
  expect(plans).toEqual([
    'PRIMARY: const',
    expect.stringMatching(/^concert_event_by_\w+: const$/),
    expect.stringMatching(/^PRIMARY: .*event\.id$/),
  ]);
});

it('lists the rooms that have been opened by the end of their sales', async () => {
  expect(await plansOf(() => ports.roomRecords.listOpened())).toEqual([
    'concert_event_by_sales_end: range',
    'PRIMARY: event.concert_id',
  ]);
});

it('reads recent ends and deletes old ones by their age', async () => {
  const pages: number[] = [];
  const plans = await plansOf(async () => {
    for await (const page of ports.queueEndReads.listRecent(concert.id, 15.5 * 3_600_000))
      pages.push(page.length);
    await ports.queueEndPurge.purge(90 * 3_600_000, 10);
  });
  expect(pages).toEqual([1_000, 600]);
  expect(plans.length).toBeGreaterThanOrEqual(3);
  for (const plan of plans) expect(plan).toMatch(/^queue_end_by_age: /);
});
