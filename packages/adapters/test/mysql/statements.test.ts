import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import {
  type ConcertWithDate,
  addConcertWithDate,
  newConcert,
  newEvent,
  newUser,
  addDate,
} from '@frontrow/application/contracts/shared/contract-builders.ts';
import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import { ALL_EVENTS } from '@frontrow/application/ports/catalog/catalog.ts';
import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { FailedPayment } from '@frontrow/domain/payments/failed-payment.ts';
import type { Refund } from '@frontrow/domain/payments/refund.ts';
import { giveSeats } from '@frontrow/domain/booking/complimentary.ts';
import { type HeldReservation, confirm } from '@frontrow/domain/booking/reservation.ts';
import type { SaleCode } from '@frontrow/domain/waiting-room/sale-code.ts';
import { ok, refuse } from '@frontrow/domain/shared/result.ts';
import { Kysely, MysqlDialect } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, createTestDatabase } from '@frontrow/tests/support/mysql-database.ts';
import { createUlidGenerator } from '../../src/system/id-generator.ts';
import { asDeferred } from '../../src/mysql/connection/bundle.ts';
import { createMysqlPool } from '../../src/mysql/connection/pool.ts';
import { type MysqlPorts, createMysqlPorts } from '../../src/mysql/mysql-ports.ts';
import type { Database } from '../../src/mysql/schema/schema.ts';
import { webhookReads, webhookWrites } from './webhooks/webhook-statements.ts';
import { SEAT_HOLD_STRATEGIES } from '../../src/mysql/booking/hold-strategies/hold-strategies.ts';

const ids = createUlidGenerator();
const userId = newUser({ ids });
const HOUR_MS = 60 * 60 * 1000;
const REQUEST = { userId, operation: 'POST /v1/reservations', key: 'k', fingerprint: 'f' };
/** Their digests are part of the statement, so they name the same fan in every run. */
const IDEMPOTENT = { ...REQUEST, userId: 'a fan' };
const WEBHOOK_SECRET_KEYS = [{ keyId: 'test', secret: 'a key that only the tests know' }];
const ACT = { actor: 'staff', route: 'POST /v1/admin/concerts', requestId: 'r' };
const PLACE = { concertId: 'a concert', userId: 'a fan', sequence: 1 };
const REQUEST_FOR_TWO = { userId: 'a fan', seatNumbers: [1, 2], ticket: PLACE, request: IDEMPOTENT };
const REQUEST_FOR_ONE = { ...REQUEST_FOR_TWO, seatNumbers: [2], request: { ...IDEMPOTENT, key: 'l' } };

/** Calls of ports by name, in order: later ones depend on earlier ones. */
type Calls = Record<string, () => unknown>;

/** A database that records the statements it receives. */
let database: TestDatabase;
let db: Kysely<Database>;
let statements: string[] = [];
const sections: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Kysely({
    dialect: new MysqlDialect({ pool: createMysqlPool({ url: database.url, poolSize: 1 }) }),
    log({ query: { sql, parameters } }) {
      const goesWithNext = asDeferred(sql, parameters) !== null;
      statements.push(goesWithNext ? `${sql}; -- with the next` : `${sql};`);
    },
  });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

async function record(calls: Calls): Promise<void> {
  for (const [name, call] of Object.entries(calls)) {
    statements = [];
    await call();
    sections.push([`-- ${name}`, ...statements, ''].join('\n'));
  }
}

it('sends the statements of statements.sql.txt', async () => {
  const ports = createMysqlPorts(db, { seatHoldStrategy: 'grouped', webhookSecretKeys: WEBHOOK_SECRET_KEYS });
  const onSale = await addConcertWithDate({ ...ports, ids });
  await record({
    'transact, committed': () => ports.transact(async () => ok(undefined), 'STAFF'),
    'transact, refused': () => ports.transact(async () => refuse('NO'), 'STAFF'),
    ...reads(ports, onSale),
    ...webhookReads(ports),
  });
  for (const strategy of SEAT_HOLD_STRATEGIES) {
    const { transact } = createMysqlPorts(db, { seatHoldStrategy: strategy });
    await transact(async ({ seats }) => {
      // One seat, because two that are written a millisecond apart need another statement, which aligns their expiries.
      const request = { eventId: onSale.event.id, seatNumbers: [1], ttlMs: HOUR_MS };
      await record({
        [`seats.hold by ${strategy}, free`]: () =>
          seats.hold([{ ...request, reservationId: ids.next() }], 'SKIP'),
        [`seats.hold by ${strategy}, taken`]: () =>
          seats.hold([{ ...request, reservationId: ids.next() }], 'SKIP'),
      });
      return refuse('NO');
    }, 'STAFF');
  }
  await ports.transact(async (unit) => {
    await record({ ...writes(unit, onSale), ...webhookWrites(unit) });
    return ok(undefined);
  }, 'STAFF');
  await record({ 'ledgerTotals.saveNext': () => ports.ledgerTotals.saveNext(-HOUR_MS) });
  await expect(sections.join('\n')).toMatchFileSnapshot('./statements.sql.txt');
});

async function readAll<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

function reads(ports: MysqlPorts, { concert, event }: ConcertWithDate): Calls {
  const { catalog, policies, seatReads, reservationReads, walletReads, paymentReads, queueEndReads } = ports;
  const { orderReads, ledgerReads, gateCheckInReads } = ports;
  const everyOrder = { status: null, userId: null, seatNumber: null, from: null, until: null };
  const {
    cancellationReads,
    inventoryReads,
    idempotencyPurge,
    queueEndPurge,
    failedPaymentPurge,
    outboxReads,
    auditLogReads,
    roomRecords,
  } = ports;
  const everyAct = { actor: null, target: null, from: null, until: null };
  const placeOf = (sequence: number) => ({ concertId: concert.id, userId, sequence });
  const [first, next] = [
    { limit: 20, cursor: null },
    { limit: 20, cursor: '7' },
  ];
  return {
    'catalog.listConcerts': () => catalog.listConcerts(first, 'PUBLISHED'),
    'catalog.listConcerts, with an upcoming date': () =>
      catalog.listConcerts(next, 'PUBLISHED', { kind: 'UPCOMING', from: 1 }),
    'catalog.listConcerts, without one': () =>
      catalog.listConcerts(first, 'PUBLISHED', { kind: 'NONE_UPCOMING', from: 1 }),
    'catalog.listConcerts, with a date on sale': () =>
      catalog.listConcerts(first, 'PUBLISHED', { kind: 'SELLING', range: { from: 1, until: HOUR_MS } }),
    'catalog.listConcerts, next page': () => catalog.listConcerts(next, 'PUBLISHED'),
    'catalog.findConcert': () => catalog.findConcert(concert.id),
    'catalog.listEvents': () => catalog.listEvents(concert.id, first, ALL_EVENTS),
    'catalog.listEvents, selling in a range': () =>
      catalog.listEvents(concert.id, first, { ...ALL_EVENTS, selling: { from: 1, until: HOUR_MS } }),
    'catalog.listEvents, next page': () =>
      catalog.listEvents(concert.id, { ...next, cursor: '7:x' }, ALL_EVENTS),
    'catalog.listEvents, those that have begun, next page': () =>
      catalog.listEvents(
        concert.id,
        { ...next, cursor: '7:x' },
        { order: 'LATEST_FIRST', startsFrom: 1, startsBefore: HOUR_MS, selling: null },
      ),
    'catalog.findJoinRules': () => catalog.findJoinRules(concert.id),
    'catalog.findEvent': () => catalog.findEvent(event.id),
    'saleCodeReads.list': () => ports.saleCodeReads.list(concert.id, first),
    'saleCodeReads.list, next page': () => ports.saleCodeReads.list(concert.id, next),
    'cancellationReads.find': () => cancellationReads.find(event.id),
    'cancellationReads.listUnfinished': () => cancellationReads.listUnfinished(10),
    'cancellationReads.listOpen': () =>
      cancellationReads.listOpen({ eventId: event.id, status: 'HELD', after: null, limit: 10 }),
    'cancellationReads.listOpen, next': () =>
      cancellationReads.listOpen({ eventId: event.id, status: 'HELD', after: 'x', limit: 10 }),
    'policies.find': () => policies.find(concert.id),
    'blockedSeatReads.list': () => ports.blockedSeatReads.list(event.id, first),
    'layoutReads.find': () => ports.layoutReads.find({ eventId: event.id, version: 1 }),
    'layoutTemplateReads.list': () => ports.layoutTemplateReads.list(first),
    'layoutTemplateReads.list, next page': () => ports.layoutTemplateReads.list(next),
    'layoutTemplateReads.find': () => ports.layoutTemplateReads.find('unknown'),
    'seatReads.findAvailability': () =>
      seatReads.findAvailability(event.id, [REQUEST_FOR_TWO, REQUEST_FOR_ONE]),
    'seatReads.countAvailable': () => seatReads.countAvailable([event.id, 'another']),
    'seatReads.list': () => seatReads.list(event.id, [1, 2].map(placeOf)),
    'seatReads.readStates': () => seatReads.readStates(event.id, [1, 2].map(placeOf)),
    'seatReads.readStatesForStaff': () => seatReads.readStatesForStaff(event.id),
    'reservationReads.find': () => reservationReads.find('unknown'),
    'reservationReads.list': () => reservationReads.list(userId, first),
    'reservationReads.list, next page': () => reservationReads.list(userId, next),
    'reservationReads.listLapsed': () => reservationReads.listLapsed(10),
    'orderReads.list': () => orderReads.list(event.id, everyOrder, first),
    'orderReads.list, filtered, next page': () =>
      orderReads.list(event.id, { status: 'HELD', userId, seatNumber: 1, from: 1, until: 2 }, next),
    'orderReads.list, lapsed': () => orderReads.list(event.id, { ...everyOrder, status: 'EXPIRED' }, first),
    'orderReads.findRecords': () => orderReads.findRecords('unknown'),
    'orderReads.reportSales': () => orderReads.reportSales(event.id),
    'ledgerReads.list': () => ledgerReads.list({ from: 1, until: 2 }, first),
    'ledgerReads.list, next page': () => ledgerReads.list({ from: 1, until: 2 }, { ...next, cursor: '7:x' }),
    'ledgerReads.sumBefore': () => ledgerReads.sumBefore(1),
    'gateCheckInReads.list': () => gateCheckInReads.list('unknown'),
    'gateCheckInReads.count': () => gateCheckInReads.count(event.id),
    'walletReads.find': () => walletReads.find(userId),
    'walletReads.listEntries': () => walletReads.listEntries(userId, first),
    'walletReads.listEntries, next page': () => walletReads.listEntries(userId, next),
    'paymentReads.find': () => paymentReads.find('unknown'),
    'paymentReads.findFailed': () => paymentReads.findFailed('unknown'),
    'paymentReads.list': () => paymentReads.list(userId, first),
    'paymentReads.list, next page': () => paymentReads.list(userId, next),
    'queueEndReads.find': () => queueEndReads.find(placeOf(1)),
    'queueEndReads.listRecent': () => readAll(queueEndReads.listRecent(concert.id, HOUR_MS)),
    'queueEndPurge.purge': () => queueEndPurge.purge(HOUR_MS, 10),
    'inventoryReads.count': () => inventoryReads.count(concert.id),
    'failedPaymentPurge.purge': () => failedPaymentPurge.purge(HOUR_MS, 10),
    'idempotencyPurge.purge': () => idempotencyPurge.purge(HOUR_MS, 10),
    'outboxReads.oldestAgeMs': () => outboxReads.oldestAgeMs(),
    'outboxReads.purge': () => outboxReads.purge(HOUR_MS, 10),
    'auditLogReads.list': () => auditLogReads.list(everyAct, first),
    'auditLogReads.list, filtered, next page': () =>
      auditLogReads.list(
        { actor: userId, target: 'concert/x', from: 1, until: 2 },
        { ...next, cursor: '7:7' },
      ),
    'roomRecords.find': () => roomRecords.find(concert.id),
    'roomRecords.raiseEpoch, from 0': () => roomRecords.raiseEpoch(concert.id, { from: 0, to: 1 }),
    'roomRecords.raiseEpoch, from 1': () => roomRecords.raiseEpoch(concert.id, { from: 1, to: 2 }),
    'roomRecords.saveWatermark': () => roomRecords.saveWatermark(concert.id, 1),
    'roomRecords.listOpened': () => roomRecords.listOpened(),
    'sellOutReads.find': () => ports.sellOutReads.find(concert.id),
  };
}

function writes(unit: UnitOfWork, { concert, event }: ConcertWithDate): Calls {
  const {
    concerts,
    layoutTemplates,
    seats,
    reservations,
    wallets,
    payments,
    failedPayments,
    refunds,
    gateCheckIns,
    queueEnds,
    saleCodes,
    idempotency,
    outbox,
    auditLog,
  } = unit;
  const now = Date.now();
  const claim = { eventId: event.id, seatNumbers: [1, 2], reservationId: ids.next() };
  const request = { userId, operation: 'POST /v1/payments', key: 'k', fingerprint: 'f' };
  const place = { concertId: concert.id, userId, sequence: 1 };
  const held: HeldReservation = {
    ...place,
    ...claim,
    id: ids.next(),
    status: 'HELD',
    totalAmount: 2,
    createdAt: now - 2 * HOUR_MS,
    holdExpiresAt: now - HOUR_MS,
    extensions: 0,
  };
  const other = { ...held, id: ids.next(), holdExpiresAt: now + HOUR_MS };
  const payment = { id: ids.next(), reservationId: held.id, userId, amount: 1, balanceAfter: 0, paidAt: now };
  const paid = confirm(other, payment.id);
  const given = giveSeats({ ...place, ...claim, id: ids.next(), paymentId: ids.next(), createdAt: now });
  const failed: FailedPayment = {
    id: ids.next(),
    reservationId: held.id,
    userId,
    amount: 1,
    failureCode: 'INSUFFICIENT_BALANCE',
    failedAt: now,
  };
  const refund: Refund = {
    id: ids.next(),
    reservationId: other.id,
    paymentId: payment.id,
    userId,
    concertId: concert.id,
    eventId: event.id,
    seatNumbers: [1, 2],
    seatsReturned: 2,
    amount: 1,
    balanceAfter: 1,
    walletEntryId: ids.next(),
    refundedAt: now,
    actor: userId,
    reason: null,
  };
  const saleCode: SaleCode = {
    id: ids.next(),
    concertId: concert.id,
    label: null,
    usesMax: 2,
    uses: 0,
    validFrom: null,
    validUntil: null,
    revokedAt: null,
    createdAt: now,
  };
  const use = { concertId: concert.id, userId, saleCodeId: saleCode.id, usedAt: now };
  const times = { createdAt: now, updatedAt: now };
  const template = { id: ids.next(), name: 'Hall', seatCount: 4, version: 1, ...times };
  const ticket = { reservationId: other.id, seatNumber: 1 };
  const charge = { id: ids.next(), userId, kind: 'CHARGE', amount: 1, balanceAfter: 1 } as const;
  const another = newConcert({ ids });
  return {
    'concerts.add': () => concerts.add(another, POLICY_DEFAULT),
    'concerts.addEvent': () => addDate(concerts, newEvent({ ids }, another)),
    'layouts.add': () => unit.layouts.add({ eventId: event.id, version: 1 }, CONTRACT_LAYOUT),
    'layoutTemplates.add': () => layoutTemplates.add(template, CONTRACT_LAYOUT),
    'layoutTemplates.lock': () => layoutTemplates.lock(template.id),
    'layoutTemplates.save': () => layoutTemplates.save(template, CONTRACT_LAYOUT),
    'layoutTemplates.remove': () => layoutTemplates.remove(template.id),
    'seats.lockTaken': () => seats.lockTaken(event.id),
    'blockedSeats.block': () => unit.blockedSeats.block(event.id, [{ number: 8, reason: 'camera' }]),
    'blockedSeats.release': () => unit.blockedSeats.release(event.id, [8]),
    'concerts.lockPolicy': () => concerts.lockPolicy(another.id),
    'concerts.savePolicy': () => concerts.savePolicy(another.id, POLICY_DEFAULT),
    'cancellations.add': () =>
      unit.cancellations.add({ eventId: event.id, actor: userId, reason: 'a reason' }),
    'cancellations.finish': () => unit.cancellations.finish(event.id, HOUR_MS),
    'saleCodes.add': () => saleCodes.add([{ saleCode, digest: 'd'.repeat(64) }]),
    'saleCodes.lock': () => saleCodes.lock(saleCode.id),
    'saleCodes.lockByDigest': () => saleCodes.lockByDigest(concert.id, 'd'.repeat(64)),
    'saleCodes.findUse': () => saleCodes.findUse(concert.id, userId),
    'saleCodes.countUse': () => saleCodes.countUse(use, null),
    'saleCodes.countUse, again': () => saleCodes.countUse(use, null),
    'saleCodes.countUse, in place of a revoked one': () => saleCodes.countUse(use, saleCode.id),
    'saleCodes.revoke': () => saleCodes.revoke(saleCode.id, now),
    'idempotency.claim, new': () => idempotency.claim([request]),
    'idempotency.complete': () => idempotency.complete([{ request, answer: {} }]),
    'idempotency.abandon': () => idempotency.abandon([{ ...request, key: 'never claimed' }]),
    'idempotency.claim, done': () => idempotency.claim([request]),
    'seats.findHoldContext': () => seats.findHoldContext(event.id, [userId]),
    'seats.findUnavailable': () => seats.findUnavailable(event.id),
    'seats.lock': () => seats.lock(claim),
    'seats.extend': () => seats.extend([claim], now),
    'seats.sumPrices': () => seats.sumPrices(claim),
    'seats.release': () => seats.release(claim),
    'seats.sell': () => seats.sell([claim]),
    'reservations.addHeld': () => reservations.addHeld([held], [], now),
    'reservations.addHeld, beside another': () => reservations.addHeld([other], [], now),
    'reservations.addHeld, after a lapsed one': () => reservations.addHeld([other], [held.id], now),
    'reservations.addGiven': () => reservations.addGiven(given),
    'reservations.findLiveHold': () => reservations.findLiveHold(concert.id, userId),
    'reservations.findHistories': () => reservations.findHistories([other], now),
    'reservations.lock': () => reservations.lock(other.id),
    'reservations.save, extended': () => reservations.save({ ...other, extensions: 1 }),
    'reservations.confirm': () => reservations.confirm([confirm(held, ids.next())]),
    'reservations.saveSeats': () => reservations.saveSeats({ ...other, seatNumbers: [1], totalAmount: 1 }),
    'reservations.save, paid': () => reservations.save(paid),
    'reservations.recordChange': () =>
      reservations.recordChange({
        reservationId: held.id,
        kind: 'EXTENDED',
        at: now,
        actor: userId,
        reason: null,
      }),
    'wallets.lock, new': () => wallets.lock(userId),
    'wallets.lock': () => wallets.lock(userId),
    'wallets.lockAll, new': () => wallets.lockAll(['a new user'], 'SKIP'),
    'wallets.lockAll': () => wallets.lockAll([userId], 'SKIP'),
    'wallets.append': () => wallets.append([{ ...charge, paymentId: null, createdAt: now }]),
    'payments.add': () => payments.add([{ ...payment, concertId: concert.id }]),
    'failedPayments.record': () => failedPayments.record(failed),
    'payments.lock': () => payments.lock([held.id], 'SKIP'),
    'payments.lock, waiting': () => payments.lock([held.id], 'WAIT'),
    'refunds.lock': () => refunds.lock([other.id]),
    'refunds.add': () => refunds.add([refund]),
    'seats.returnToSale': () => seats.returnToSale([refund]),
    'reservations.saveRefunds': () => reservations.saveRefunds([{ ...paid, refundedAmount: 1 }]),
    'gateCheckIns.lock': () => gateCheckIns.lock(ticket),
    'gateCheckIns.add': () =>
      gateCheckIns.add({ ...ticket, eventId: event.id, gate: 'North', actor: 'staff', checkedInAt: now }),
    'queueEnds.addAll': () =>
      queueEnds.addAll([5, 4].map((sequence) => ({ ...place, sequence, reason: 'EXPIRED' }))),
    'queueEnds.add': () => queueEnds.add({ ...place, reason: 'COMPLETED' }),
    'sellOuts.lock': () => unit.sellOuts.lock(concert.id),
    'sellOuts.save': () => unit.sellOuts.save(concert.id, now),
    'outbox.append': () => outbox.append([{ kind: 'CONCERT_CHANGED', concertId: concert.id }]),
    'auditLog.append': () =>
      auditLog.append({ by: ACT, target: 'concert/x', before: null, after: { title: 'x' } }),
    'outbox.take': () => outbox.take(10),
    'outbox.markDelivered': () => outbox.markDelivered(['1', '2']),
    'outbox.postpone': () => outbox.postpone(['1', '2'], HOUR_MS),
  };
}
