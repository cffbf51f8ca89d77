import type { ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Subject, UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { LockMode } from '@frontrow/application/ports/shared/lock-mode.ts';
import type { Kysely } from 'kysely';
import { type UnitOptions, createUnitOfWork } from '../connection/transact.ts';
import type { Database } from '../schema/schema.ts';
import type { Locator } from './locator.ts';
import { createRelayedOutbox } from './relayed-outbox.ts';
import { routed } from './routed.ts';
import { createSession } from './session.ts';
import type { ShardMap } from './shard-map.ts';
import { slotOf } from './slot-of.ts';

export type Sharding = { readonly locator: Locator; readonly shards: ShardMap };

/** The ports of a transaction. Before each statement it aims the session at the shard that has the rows. */
export function createShardedUnit(
  db: Kysely<Database>,
  options: UnitOptions,
  { locator, shards }: Sharding,
  subject: Subject | null,
): UnitOfWork {
  const session = createSession(db, locator, subject);
  const { toStaff, toConcert, toEvent, toId, toUser, toSubject, toOwnSale } = session;
  const shardOf = (id: UserId) => shards.shardOf('accounts', slotOf(id));
  const crossing = { toUser, toOwnSale, shardOf };
  const unit = createUnitOfWork(db, options, { rowSlot: session.rowSlot, crossing });

  /** Repeats a read that finds nothing on the shard that has the row of an id of before. */
  function searched<Args extends readonly unknown[], T>(
    idOf: (...args: Args) => string | undefined,
    table: 'reservation' | 'sale_code',
    read: (...args: Args) => Promise<T>,
  ) {
    return async (...args: Args): Promise<T> => {
      const id = idOf(...args) ?? '';
      await toId(id);
      const found = await read(...args);
      if (found !== null && !(Array.isArray(found) && found.length === 0)) return found;
      const slot = await locator.search(table, id);
      if (slot === null) return found;
      await session.toSale(slot);
      return read(...args);
    };
  }

  return {
    concerts: routed(unit.concerts, {
      add: ({ id }) => toConcert(id),
      async addEvent({ id, concertId }) {
        locator.learnEvent(id, concertId);
        await toConcert(concertId);
      },
      lockPolicy: toConcert,
      lockConcert: toConcert,
      lockEvent: toEvent,
      saveConcert: ({ id }) => toConcert(id),
      saveEvent: ({ concertId }) => toConcert(concertId),
      arrangeSeats: toEvent,
      repriceSeats: ({ concertId }) => toConcert(concertId),
      hasEventAt: ({ concertId }) => toConcert(concertId),
      removeEvent: ({ concertId }) => toConcert(concertId),
      removeConcert: toConcert,
      savePolicy: toConcert,
    }),
    layouts: routed(unit.layouts, {
      find: ({ eventId }) => toEvent(eventId),
      add: ({ eventId }) => toEvent(eventId),
    }),
    layoutTemplates: routed(unit.layoutTemplates, {
      add: toStaff,
      lock: toStaff,
      save: toStaff,
      remove: toStaff,
    }),
    blockedSeats: routed(unit.blockedSeats, { block: toEvent, release: toEvent }),
    cancellations: routed(unit.cancellations, { add: ({ eventId }) => toEvent(eventId), finish: toEvent }),
    seats: routed(unit.seats, {
      findHoldContext: toEvent,
      findUnavailable: toEvent,
      hold: (requests) => toEvent(requests[0]!.eventId),
      lock: ({ eventId }) => toEvent(eventId),
      sell: (claims) => toEvent(claims[0]!.eventId),
      returnToSale: (claims) => toEvent(claims[0]!.eventId),
      extend: (claims) => toEvent(claims[0]!.eventId),
      sumPrices: ({ eventId }) => toEvent(eventId),
      lockTaken: toEvent,
      release: ({ eventId }) => toEvent(eventId),
    }),
    reservations: {
      ...routed(unit.reservations, {
        find: toId,
        lock: toId,
        findLiveHold: toConcert,
        addHeld: (held) => toConcert(held[0]!.concertId),
        addGiven: ({ concertId }) => toConcert(concertId),
        findHistories: (asked) => toConcert(asked[0]!.concertId),
        saveSeats: ({ concertId }) => toConcert(concertId),
        confirm: (reservations) => toConcert(reservations[0]!.concertId),
        saveRefunds: (reservations) => toConcert(reservations[0]!.concertId),
        save: ({ concertId }) => toConcert(concertId),
        recordChange: ({ reservationId }) => toId(reservationId),
      }),
      find: searched(
        (id) => id,
        'reservation',
        (id) => unit.reservations.find(id),
      ),
      lock: searched(
        (id) => id,
        'reservation',
        (id) => unit.reservations.lock(id),
      ),
    },
    gateCheckIns: {
      ...routed(unit.gateCheckIns, { lock: toOwnSale, add: ({ reservationId }) => toId(reservationId) }),
      lock: searched(
        ({ reservationId }) => reservationId,
        'reservation',
        (seat) => unit.gateCheckIns.lock(seat),
      ),
    },
    wallets: routed(unit.wallets, {
      lock: toUser,
      lockAll: (users) => toUser(users[0]!),
      append: (entries) => toUser(entries[0]!.userId),
    }),
    payments: {
      ...routed(unit.payments, { lock: toOwnSale, add: ([payment]) => toId(payment!.reservationId) }),
      lock: searched(first, 'reservation', (ids, mode) => unit.payments.lock(ids, mode)),
    },
    failedPayments: routed(unit.failedPayments, { record: ({ reservationId }) => toId(reservationId) }),
    refunds: {
      ...routed(unit.refunds, { lock: toOwnSale, add: ([refund]) => toConcert(refund!.concertId) }),
      lock: searched(
        ([id]) => id,
        'reservation',
        (ids) => unit.refunds.lock(ids),
      ),
    },
    queueEnds: routed(unit.queueEnds, {
      find: ({ concertId }) => toConcert(concertId),
      add: ({ concertId }) => toConcert(concertId),
      addAll: async ([end]) => (end === undefined ? undefined : toConcert(end.concertId)),
    }),
    sellOuts: routed(unit.sellOuts, { lock: toConcert, save: toConcert }),
    saleCodes: {
      ...routed(unit.saleCodes, {
        add: ([code]) => toConcert(code!.saleCode.concertId),
        lock: toId,
        lockByDigest: toConcert,
        findUse: toConcert,
        countUse: ({ concertId }) => toConcert(concertId),
        revoke: toId,
      }),
      lock: searched(
        (id) => id,
        'sale_code',
        (id) => unit.saleCodes.lock(id),
      ),
    },
    idempotency: routed(unit.idempotency, { claim: toSubject, complete: toSubject, abandon: toSubject }),
    outbox: createRelayedOutbox(db, unit.outbox, session, shards),
    auditLog: routed(unit.auditLog, { append: toStaff }),
    webhookEndpoints: routed(unit.webhookEndpoints, {
      count: toStaff,
      add: toStaff,
      lock: toStaff,
      save: toStaff,
      findSecrets: toStaff,
      saveSecrets: toStaff,
      remove: toStaff,
    }),
    webhookDeliveries: routed(unit.webhookDeliveries, {
      add: toStaff,
      claim: toStaff,
      record: toStaff,
      replay: toStaff,
      redeliver: toStaff,
    }),
  };
}

function first([id]: readonly ReservationId[], _mode: LockMode): ReservationId | undefined {
  return id;
}
