import type { BlockedSeatReads, BlockedSeats } from '@frontrow/application/ports/halls/blocked-seats.ts';
import { type Seat, block, mayBlock, unblock } from '@frontrow/domain/booking/seat.ts';
import type { BlockedSeatFacts } from '@frontrow/domain/halls/blocked-ranges.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import type { MemoryView } from '../store/database.ts';
import { keyOf } from '../store/table.ts';
import type { Tables } from '../store/tables.ts';

export function createMemoryBlockedSeatReads({ tables }: Pick<MemoryView, 'tables'>): BlockedSeatReads {
  return {
    async list(eventId, { limit, cursor }) {
      const seatCount = tables.events.get(eventId)?.seatCount ?? 0;
      const numbers = Array.from({ length: seatCount }, (_, index) => index + 1);
      const after = Number(cursor ?? 0);
      const found = blockedAmong(tables, eventId, numbers).filter(({ number }) => number > after);
      const items = found.slice(0, limit);
      return { items, nextCursor: found.length > limit ? `${items.at(-1)?.number}` : null };
    },
  };
}

export function createMemoryBlockedSeats({ tables, clock }: MemoryView): BlockedSeats {
  return {
    async block(eventId, seats) {
      const numbers = seats.map(({ number }) => number);
      const stored = numbers.map((number) => seatOf(tables, eventId, number));
      const blockable = mayBlock(stored, clock.now());
      if (!blockable.ok) return blockable;
      const before = blockedAmong(tables, eventId, numbers);
      for (const [index, seat] of blockable.value.entries()) {
        const key = keyOf(eventId, seat.number);
        tables.seats.put(key, block(seat));
        tables.blockReasons.put(key, seats[index]!.reason);
      }
      return ok(before);
    },
    async release(eventId, seatNumbers) {
      const blocked = blockedAmong(tables, eventId, seatNumbers);
      for (const { number } of blocked) {
        const key = keyOf(eventId, number);
        const seat = seatOf(tables, eventId, number);
        if (seat.status === 'BLOCKED') tables.seats.put(key, unblock(seat));
        tables.blockReasons.remove(key);
      }
      return blocked;
    },
  };
}

function seatOf(tables: Tables, eventId: EventId, number: number): Seat {
  const seat = tables.seats.get(keyOf(eventId, number));
  invariant(seat !== undefined, `event ${eventId} has no seat ${number}`);
  return seat;
}

function blockedAmong(tables: Tables, eventId: EventId, numbers: readonly number[]): BlockedSeatFacts[] {
  return numbers.flatMap((number) => {
    const reason = tables.blockReasons.get(keyOf(eventId, number));
    return reason === undefined ? [] : [{ number, reason }];
  });
}
