import { openConcert, newConcert, newEvent, newUser } from '@frontrow/application/ports/contract-support.ts';
import type { UnitOfWork } from '@frontrow/application/ports/unit-of-work.ts';
import { ADMISSION_POLICY_DEFAULT } from '@frontrow/domain/admission.ts';
import { HOLD_POLICY_DEFAULT } from '@frontrow/domain/policy.ts';
import type { HeldReservation } from '@frontrow/domain/reservation.ts';
import { ok } from '@frontrow/domain/result.ts';
import { Kysely, MysqlDialect } from 'kysely';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../../tests/world/mysql-database.ts';
import { createUlidGenerator } from '../system/id-generator.ts';
import { createMysqlPool } from './pool.ts';
import { createMysqlPorts } from './ports.ts';
import type { Database } from './schema.ts';
import { SEAT_HOLD_STRATEGIES } from './seats/hold-strategies.ts';

const POLICY = { admission: ADMISSION_POLICY_DEFAULT, hold: HOLD_POLICY_DEFAULT };
const PAGE = { limit: 20, cursor: null };
const NEXT_PAGE = { limit: 20, cursor: '7' };

/** A database that writes down what is asked of it. */
async function openRecorded() {
  const database = await createTestDatabase();
  const statements: string[] = [];
  const db = new Kysely<Database>({
    dialect: new MysqlDialect({ pool: createMysqlPool({ url: database.url, poolSize: 1 }) }),
    log({ query }) {
      statements.push(query.sql);
    },
  });
  return {
    db,
    take: () => statements.splice(0),
    async close() {
      await db.destroy();
      await database.drop();
    },
  };
}

it('sends the statements that are written down in statements.sql.txt', async () => {
  const { db, take, close } = await openRecorded();
  const ids = createUlidGenerator();
  const ports = { ...createMysqlPorts(db, { seatHoldStrategy: 'conditional-write' }), ids };
  const written: string[] = [];
  const record = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    take();
    const result = await work();
    written.push(
      `-- ${name}\n${take()
        .map((statement) => `${statement};\n`)
        .join('')}`,
    );
    return result;
  };

  const { concert, event } = await openConcert(ports);
  const { id: concertId } = concert;
  const { id: eventId } = event;
  const userId = newUser(ports);
  const place = { concertId, userId, sequence: 1 };

  await record('transact, committed', () => ports.transact(async () => ok(undefined)));
  await record('transact, refused', () =>
    ports.transact(async () => ({ ok: false, refusal: 'NO' }) as const),
  );

  const reads: Record<string, () => Promise<unknown>> = {
    'catalog.listConcerts': () => ports.catalog.listConcerts(PAGE),
    'catalog.listConcerts, next page': () => ports.catalog.listConcerts(NEXT_PAGE),
    'catalog.findConcert': () => ports.catalog.findConcert(concertId),
    'catalog.listEvents': () => ports.catalog.listEvents(concertId),
    'catalog.findEvent': () => ports.catalog.findEvent(eventId),
    'policies.find': () => ports.policies.find(concertId),
    'seatReads.list': () => ports.seatReads.list(eventId),
    'reservationReads.find': () => ports.reservationReads.find('unknown'),
    'reservationReads.list': () => ports.reservationReads.list(userId, PAGE),
    'reservationReads.list, next page': () => ports.reservationReads.list(userId, NEXT_PAGE),
    'reservationReads.listLapsed': () => ports.reservationReads.listLapsed(10),
    'walletReads.find': () => ports.walletReads.find(userId),
    'walletReads.listEntries': () => ports.walletReads.listEntries(userId, PAGE),
    'walletReads.listEntries, next page': () => ports.walletReads.listEntries(userId, NEXT_PAGE),
    'paymentReads.find': () => ports.paymentReads.find('unknown'),
    'paymentReads.list': () => ports.paymentReads.list(userId, PAGE),
    'paymentReads.list, next page': () => ports.paymentReads.list(userId, NEXT_PAGE),
    'queueEndReads.find': () => ports.queueEndReads.find(place),
    'idempotencyPurge.purge': () => ports.idempotencyPurge.purge(1_000, 10),
    'outboxReads.oldestAgeMs': () => ports.outboxReads.oldestAgeMs(),
    'outboxReads.purge': () => ports.outboxReads.purge(1_000, 10),
    'roomRecords.find': () => ports.roomRecords.find(concertId),
    'roomRecords.raiseEpoch, from 0': () => ports.roomRecords.raiseEpoch(concertId, 0),
    'roomRecords.raiseEpoch, from 1': () => ports.roomRecords.raiseEpoch(concertId, 1),
    'roomRecords.saveWatermark': () => ports.roomRecords.saveWatermark(concertId, 1),
  };
  for (const [name, read] of Object.entries(reads)) await record(name, read);

  for (const strategy of SEAT_HOLD_STRATEGIES) {
    const { transact } = createMysqlPorts(db, { seatHoldStrategy: strategy });
    const request = { eventId, seatNumbers: [1, 2], ttlMs: 60_000 };
    await transact(async ({ seats }) => {
      const hold = (name: string) =>
        record(`seats.hold by ${strategy}, ${name}`, () =>
          seats.hold({ ...request, reservationId: ids.next() }),
        );
      await hold('free');
      await hold('taken');
      return { ok: false, refusal: 'NO' } as const;
    });
  }

  await ports.transact(async (unit) => {
    for (const [name, act] of Object.entries(acts(unit))) await record(name, act);
    return ok(undefined);
  });
  await close();
  await expect(written.join('\n')).toMatchFileSnapshot('./statements.sql.txt');

  function acts(unit: UnitOfWork): Record<string, () => Promise<unknown>> {
    const { concerts, seats, reservations, wallets, payments, queueEnds, idempotency, outbox } = unit;
    const other = newConcert(ports);
    const claim = { eventId, seatNumbers: [1, 2], reservationId: ids.next() };
    const [createdAt, holdExpiresAt] = [Date.now(), Date.now() + 60_000];
    const held: HeldReservation = {
      status: 'HELD',
      id: claim.reservationId,
      userId,
      concertId,
      eventId,
      seatNumbers: claim.seatNumbers,
      totalAmount: 2,
      sequence: 1,
      createdAt,
      holdExpiresAt,
      extensions: 0,
    };
    const paymentId = ids.next();
    const request = { userId, operation: 'POST /v1/payments', key: 'k', fingerprint: 'f' };
    const entry = { id: ids.next(), userId, kind: 'CHARGE', paymentId: null, createdAt } as const;
    const payment = { id: paymentId, reservationId: held.id, userId, amount: 1, balanceAfter: 0 };
    return {
      'concerts.add': () => concerts.add(other, POLICY),
      'concerts.addEvent': () => concerts.addEvent(newEvent(ports, other)),
      'concerts.lockPolicy': () => concerts.lockPolicy(other.id),
      'concerts.savePolicy': () => concerts.savePolicy(other.id, POLICY),
      'idempotency.claim, new': () => idempotency.claim(request),
      'idempotency.complete': () => idempotency.complete(request, {}),
      'idempotency.claim, done': () => idempotency.claim(request),
      'seats.findEventOnSale': () => seats.findEventOnSale(eventId),
      'seats.lock': () => seats.lock(claim),
      'seats.extend': () => seats.extend(claim, holdExpiresAt),
      'seats.release': () => seats.release(claim),
      'seats.sell': () => seats.sell(claim),
      'reservations.addHeld': () => reservations.addHeld(held),
      'reservations.lock': () => reservations.lock(held.id),
      'reservations.save, extended': () => reservations.save({ ...held, extensions: 1 }),
      'reservations.save, paid': () => reservations.save({ ...held, status: 'CONFIRMED', paymentId }),
      'reservations.addHeld, after a lapsed one': async () => {
        const lapsed = { ...held, id: ids.next(), holdExpiresAt: createdAt - 60_000 };
        await reservations.addHeld(lapsed);
        take();
        return reservations.addHeld({ ...held, id: ids.next() });
      },
      'wallets.lock, never seen': () => wallets.lock(userId),
      'wallets.lock': () => wallets.lock(userId),
      'wallets.append': () => wallets.append({ ...entry, amount: 1, balanceAfter: 1 }),
      'payments.add': () => payments.add({ ...payment, paidAt: createdAt }),
      'queueEnds.add': () => queueEnds.add({ ...place, reason: 'COMPLETED' }),
      'outbox.append': () => outbox.append({ kind: 'CONCERT_CHANGED', concertId }),
      'outbox.take': () => outbox.take(10),
      'outbox.markDelivered': () => outbox.markDelivered(['1', '2']),
      'outbox.postpone': () => outbox.postpone(['1', '2'], 1_000),
    };
  }
});
