import type { HoldContexts, SeatClaim, SeatReads, Seats } from '@frontrow/application/ports/booking/seats.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { IdempotentRequest } from '@frontrow/application/ports/shared/idempotency.ts';
import { SALES_RUNNING } from '@frontrow/domain/catalog/sales.ts';
import type { EventId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import {
  type HeldSeat,
  type Seat,
  hold,
  mayHoldEach,
  release,
  returnToSale,
  seatAt,
  sell,
} from '@frontrow/domain/booking/seat.ts';
import { lettersOf } from '@frontrow/domain/booking/seat-states.ts';
import type { MemoryView } from '../store/database.ts';
import { salesIn } from '../store/sales.ts';
import { endsOf } from '../store/ended-places.ts';
import { findStoredHold } from '../store/stored-hold.ts';
import { requestKey } from '../shared/idempotency.ts';
import { keyOf } from '../store/table.ts';
import type { Tables } from '../store/tables.ts';

export function createMemorySeatReads({ tables, clock }: MemoryView): SeatReads {
  function statesOf(event: ConcertEvent) {
    const asOf = clock.now();
    const seats = seatsOf(tables, event.id, numbersOf(event)).map((seat) => seatAt(seat, asOf));
    return { letters: lettersOf(seats), event, sales: salesIn(tables, event), asOf };
  }
  return {
    async list(eventId, places) {
      const event = tables.events.get(eventId);
      if (event === undefined || !isPublic(tables, event))
        return { seats: [], event: null, sales: SALES_RUNNING, ended: [], asOf: null };
      const now = clock.now();
      const seats = seatsOf(tables, eventId, numbersOf(event)).map((seat) => seatAt(seat, now));
      const { layoutVersion, price } = event;
      const sales = salesIn(tables, event);
      return { seats, event: { layoutVersion, price }, sales, ended: endsOf(tables, places), asOf: now };
    },
    async readStates(eventId, places) {
      const event = tables.events.get(eventId);
      if (event === undefined || !isPublic(tables, event)) return null;
      return { ...statesOf(event), ended: endsOf(tables, places) };
    },
    async readStatesForStaff(eventId) {
      const event = tables.events.get(eventId);
      return event === undefined ? null : { ...statesOf(event), ended: [] };
    },
    async countAvailable(eventIds) {
      const asOf = clock.now();
      const events = eventIds.flatMap((id) => tables.events.get(id) ?? []);
      return new Map(
        events.map((event) => {
          const seats = seatsOf(tables, event.id, numbersOf(event));
          const byCategory = new Map<number, number>();
          for (const seat of seats) {
            const category = tables.seatCategories.get(keyOf(event.id, seat.number)) ?? 0;
            const isFree = seatAt(seat, asOf).status === 'AVAILABLE';
            byCategory.set(category, (byCategory.get(category) ?? 0) + (isFree ? 1 : 0));
          }
          return [event.id, { count: sum([...byCategory.values()]), byCategory, asOf }];
        }),
      );
    },
    async findAvailability(eventId, requests) {
      const users = requests.map(({ userId }) => userId);
      const { onSale, liveHolds } = findHoldContext({ tables, clock }, eventId, users);
      const now = clock.now();
      const wanted = requests.flatMap(({ seatNumbers }) =>
        seatNumbers.flatMap((number) => tables.seats.get(keyOf(eventId, number)) ?? []),
      );
      const taken = wanted.filter((seat) => seatAt(seat, now).status !== 'AVAILABLE');
      const ended = endsOf(
        tables,
        requests.map(({ ticket }) => ticket),
      );
      const hasAnswered = (request: IdempotentRequest) =>
        tables.idempotencyKeys.get(requestKey(request)) !== undefined;
      return { onSale, liveHolds, taken: new Set(taken.map(({ number }) => number)), ended, hasAnswered };
    },
  };
}

export function createMemorySeats({ tables, clock }: MemoryView): Seats {
  return {
    findHoldContext: async (eventId, userIds) => findHoldContext({ tables, clock }, eventId, userIds),
    async findUnavailable(eventId) {
      const event = tables.events.get(eventId);
      if (event === undefined) return [];
      const now = clock.now();
      return seatsOf(tables, eventId, numbersOf(event)).flatMap((seat) =>
        seatAt(seat, now).status === 'AVAILABLE' ? [] : [seat.number],
      );
    },
    async hold(requests) {
      const heldAt = clock.now();
      const seats = requests.flatMap(({ eventId, seatNumbers }) => seatsOf(tables, eventId, seatNumbers));
      return mayHoldEach(requests, seats, heldAt).map((free, index) => {
        if (!free.ok) return free;
        const { reservationId, ttlMs } = requests[index]!;
        const holdExpiresAt = heldAt + ttlMs;
        for (const seat of free.value) put(tables, hold(seat, reservationId, holdExpiresAt));
        return ok({ totalAmount: sum(free.value.map(({ price }) => price)), heldAt, holdExpiresAt });
      });
    },
    async lock() {
      // Transactions run one at a time here, so every row is locked.
    },
    sell: async (claims) => sum(claims.map((claim) => rewrite(tables, claim, sell))),
    returnToSale: async (claims) => sum(claims.map((claim) => takeBack(tables, claim))),
    extend: async (claims, holdExpiresAt) =>
      sum(claims.map((claim) => rewrite(tables, claim, (seat) => ({ ...seat, holdExpiresAt })))),
    sumPrices: async (claim) => sum(ownedBy(tables, claim).map(({ price }) => price)),
    release: async (claim) => rewrite(tables, claim, release),
    async lockTaken(eventId) {
      const now = clock.now();
      const taken = allSeats(tables, eventId).map((seat) => seatAt(seat, now));
      return taken.filter(({ status }) => status === 'HELD' || status === 'SOLD').map(({ number }) => number);
    },
  };
}

function findHoldContext(
  { tables, clock }: MemoryView,
  eventId: EventId,
  userIds: readonly UserId[],
): HoldContexts {
  const [liveHolds, lapsedHolds] = [new Map<UserId, ReservationId>(), new Map<UserId, ReservationId>()];
  const event = tables.events.get(eventId);
  const concert = event && tables.concerts.get(event.concertId);
  if (!event || concert?.concert.visibility !== 'PUBLISHED') return { onSale: null, liveHolds, lapsedHolds };
  const asOf = clock.now();
  for (const userId of userIds) {
    const own = findStoredHold(tables, event.concertId, userId);
    if (own !== null) (own.holdExpiresAt > asOf ? liveHolds : lapsedHolds).set(userId, own.id);
  }
  return {
    onSale: { event, sales: salesIn(tables, event), hold: concert.policy.hold, asOf },
    liveHolds,
    lapsedHolds,
  };
}

function isPublic({ concerts }: Tables, { concertId }: ConcertEvent): boolean {
  return concerts.get(concertId)?.concert.visibility === 'PUBLISHED';
}

/** Changes the seats that the claim still holds, lapsed or not. Returns how many. */
function rewrite(tables: Tables, claim: SeatClaim, next: (seat: HeldSeat) => Seat): number {
  const owned = ownedBy(tables, claim);
  for (const seat of owned) put(tables, next(seat));
  return owned.length;
}

/** Returns how many sold seats of the claim are available now. */
function takeBack(tables: Tables, { eventId, seatNumbers, reservationId }: SeatClaim): number {
  const sold = seatsOf(tables, eventId, seatNumbers)
    .filter((seat) => seat.status === 'SOLD')
    .filter((seat) => seat.reservationId === reservationId);
  for (const seat of sold) put(tables, returnToSale(seat));
  return sold.length;
}

function ownedBy(tables: Tables, { eventId, seatNumbers, reservationId }: SeatClaim): readonly HeldSeat[] {
  return seatsOf(tables, eventId, seatNumbers)
    .filter((seat) => seat.status === 'HELD')
    .filter((seat) => seat.reservationId === reservationId);
}

function allSeats(tables: Tables, eventId: EventId): readonly Seat[] {
  const event = tables.events.get(eventId);
  return event === undefined ? [] : seatsOf(tables, eventId, numbersOf(event));
}

function seatsOf(tables: Tables, eventId: EventId, numbers: readonly number[]): readonly Seat[] {
  return numbers.map((number) => {
    const seat = tables.seats.get(keyOf(eventId, number));
    invariant(seat !== undefined, `event ${eventId} has no seat ${number}`);
    return seat;
  });
}

function put(tables: Tables, seat: Seat): void {
  tables.seats.put(keyOf(seat.eventId, seat.number), seat);
}

function numbersOf({ seatCount }: ConcertEvent): readonly number[] {
  return Array.from({ length: seatCount }, (_, index) => index + 1);
}
