import type { CancellationReads, Cancellations } from '@frontrow/application/ports/catalog/cancellations.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { MemoryView } from '../store/database.ts';
import { rowsOf } from '../store/table.ts';
import type { Tables } from '../store/tables.ts';

export function createMemoryCancellationReads({ tables }: Pick<MemoryView, 'tables'>): CancellationReads {
  return {
    async find(eventId) {
      const row = tables.cancellations.get(eventId);
      if (row === undefined) return null;
      const own = reservationsOf(tables, eventId);
      const refunds = [...rowsOf(tables.refunds)].filter(({ refundedAt }) => refundedAt >= row.cancelledAt);
      const refunded = own.filter(
        ({ id, status }) =>
          status === 'REFUNDED' && refunds.some(({ reservationId }) => reservationId === id),
      );
      const remaining = own.filter(({ status }) => status === 'CONFIRMED');
      return { ...row, refunded: refunded.length, remaining: remaining.length };
    },
    async listUnfinished(limit) {
      const unfinished = [...rowsOf(tables.cancellations)].filter(({ finishedAt }) => finishedAt === null);
      return unfinished
        .toSorted((a, b) => a.cancelledAt - b.cancelledAt)
        .slice(0, limit)
        .map(({ eventId, actor, reason }) => ({ eventId, actor, reason }));
    },
    async listOpen({ eventId, status, after, limit }) {
      return reservationsOf(tables, eventId)
        .filter((reservation) => reservation.status === status)
        .map(({ id }) => id)
        .filter((id) => after === null || id > after)
        .toSorted()
        .slice(0, limit);
    },
  };
}

export function createMemoryCancellations({ tables, clock }: MemoryView): Cancellations {
  return {
    async add(cancellation) {
      const row = { ...cancellation, cancelledAt: clock.now(), finishedAt: null };
      tables.cancellations.insert(cancellation.eventId, row);
    },
    async finish(eventId, settlesMs) {
      const row = tables.cancellations.get(eventId);
      invariant(row !== undefined, `event ${eventId} is not cancelled`);
      const now = clock.now();
      if (row.finishedAt !== null || row.cancelledAt > now - settlesMs) return;
      if (reservationsOf(tables, eventId).some(isOpen)) return;
      tables.cancellations.put(eventId, { ...row, finishedAt: now });
    },
  };
}

const isOpen = ({ status }: Reservation) => status === 'HELD' || status === 'CONFIRMED';

/** As they are stored: a lapsed hold is HELD until it is swept. */
function reservationsOf({ reservations }: Tables, eventId: EventId): readonly Reservation[] {
  return [...rowsOf(reservations)].filter((reservation) => reservation.eventId === eventId);
}
