import type {
  AskedHistory,
  Histories,
  ReservationReads,
  Reservations,
} from '@frontrow/application/ports/booking/reservations.ts';
import type { HoldHistory } from '@frontrow/domain/booking/hold-history.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type Reservation, UNPAID_STATUSES, reservationAt } from '@frontrow/domain/booking/reservation.ts';
import { seatsLeft } from '@frontrow/domain/payments/refund.ts';
import { ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { MemoryView } from '../store/database.ts';
import { salesIn } from '../store/sales.ts';
import { endsOf } from '../store/ended-places.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { findStoredHold } from '../store/stored-hold.ts';
import { keyOf, rowsOf } from '../store/table.ts';
import type { Tables } from '../store/tables.ts';

export function createMemoryReservationReads({ tables, clock }: MemoryView): ReservationReads {
  return {
    find: async (id) => findAt({ tables, clock }, id),
    async list(userId, page) {
      const own = [...rowsOf(tables.reservations)].filter((reservation) => reservation.userId === userId);
      const { items, nextCursor } = paginateById(own, page, 'NEWEST_FIRST');
      const now = clock.now();
      return { items: items.map((reservation) => reservationAt(reservation, now)), nextCursor };
    },
    async listLapsed(limit) {
      const now = clock.now();
      return [...rowsOf(tables.liveHolds), ...rowsOf(tables.retiredHolds)]
        .map((id) => stored(tables, id))
        .filter(({ holdExpiresAt }) => holdExpiresAt <= now)
        .toSorted((a, b) => a.holdExpiresAt - b.holdExpiresAt)
        .slice(0, limit)
        .map(({ id }) => id);
    },
  };
}

export function createMemoryReservations({ tables, clock }: MemoryView): Reservations {
  return {
    find: async (id) => findAt({ tables, clock }, id),
    async findLiveHold(concertId, userId) {
      const own = findStoredHold(tables, concertId, userId);
      return own !== null && own.holdExpiresAt > clock.now() ? own.id : null;
    },
    async addHeld(reservations, lapsedHolds, unpaidSince) {
      for (const { concertId, userId } of reservations) {
        const own = findStoredHold(tables, concertId, userId);
        if (own === null) continue;
        if (!lapsedHolds.includes(own.id))
          return refuse({ code: 'HOLD_LIMIT_EXCEEDED', reservationId: own.id });
        tables.retiredHolds.put(own.id, own.id);
      }
      for (const reservation of reservations) {
        add(tables, reservation);
        tables.liveHolds.put(keyOf(reservation.userId, reservation.concertId), reservation.id);
      }
      return ok(findHistories(tables, reservations, unpaidSince));
    },
    addGiven: async (reservation) => add(tables, reservation),
    findHistories: async (asked, unpaidSince) => findHistories(tables, asked, unpaidSince),
    async lock(id) {
      const row = tables.reservations.get(id);
      const concert = row && tables.concerts.get(row.concertId);
      const event = row && tables.events.get(row.eventId);
      if (!row || !concert || !event) return null;
      const asOf = clock.now();
      return {
        reservation: reservationAt(row, asOf),
        isStoredHeld: row.status === 'HELD',
        hold: concert.policy.hold,
        event,
        sales: salesIn(tables, event),
        asOf,
      };
    },
    async saveSeats(reservation) {
      tables.reservations.put(reservation.id, reservation);
    },
    confirm: async (reservations) => reservations.forEach((reservation) => save(tables, reservation)),
    saveRefunds: async (reservations) => reservations.forEach((reservation) => save(tables, reservation)),
    save: async (reservation) => save(tables, reservation),
    async recordChange(change) {
      const { reservationId } = change;
      const before = tables.reservationChanges.get(reservationId) ?? [];
      tables.reservationChanges.put(reservationId, [...before, change]);
    },
  };
}

function add(tables: Tables, reservation: Reservation): void {
  const { id, userId, concertId } = reservation;
  tables.reservations.insert(id, reservation);
  const owner = keyOf(userId, concertId);
  tables.userReservations.put(owner, [...(tables.userReservations.get(owner) ?? []), id]);
}

function findHistories(tables: Tables, asked: readonly AskedHistory[], unpaidSince: Instant): Histories {
  return new Map(asked.map((one) => [one.userId, findHistory(tables, one, unpaidSince)]));
}

function findHistory(
  tables: Tables,
  { id, userId, concertId, sequence }: AskedHistory,
  unpaidSince: Instant,
): HoldHistory {
  const others = (tables.userReservations.get(keyOf(userId, concertId)) ?? [])
    .filter((other) => other !== id)
    .map((other) => stored(tables, other));
  const [end] = endsOf(tables, [{ concertId, userId, sequence }]);
  const bought = others
    .filter((other) => other.status === 'CONFIRMED')
    .filter((other) => !other.complimentary);
  const unpaid = others.filter(({ status }) => UNPAID_STATUSES.includes(status));
  return {
    placeEnd: end?.reason ?? null,
    seatsBought: bought.reduce((sum, reservation) => sum + seatsLeft(reservation).length, 0),
    unpaidHolds: unpaid
      .filter(({ createdAt }) => createdAt > unpaidSince)
      .map(({ createdAt, extensions }) => ({ createdAt, extensions })),
  };
}

function save(tables: Tables, reservation: Reservation): void {
  const { id, userId, concertId, status } = reservation;
  tables.reservations.put(id, reservation);
  const holder = keyOf(userId, concertId);
  if (status === 'HELD') return;
  if (tables.liveHolds.get(holder) === id) tables.liveHolds.remove(holder);
  tables.retiredHolds.remove(id);
}

function findAt({ tables, clock }: MemoryView, id: ReservationId): Reservation | null {
  const row = tables.reservations.get(id);
  return row === undefined ? null : reservationAt(row, clock.now());
}

/** The reservation as it is stored: a lapsed hold is HELD until it is swept. */
function stored(tables: Tables, id: ReservationId): Reservation {
  const row = tables.reservations.get(id);
  invariant(row !== undefined, `there is no reservation ${id}`);
  return row;
}
