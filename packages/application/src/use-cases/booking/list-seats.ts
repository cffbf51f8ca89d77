import type { Seat } from '@frontrow/domain/booking/seat.ts';
import type { Sales } from '@frontrow/domain/catalog/sales.ts';
import type { NumberedSeats } from '@frontrow/domain/halls/numbered-seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { EventNotBookable } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { type SeatsQuery, type TicketRefusal, createFreshSeats } from '../../booking/fresh-seats.ts';
import { type FindEventLayout, numberedSeatsOf } from '../../halls/find-event-layout.ts';
import type { Ports } from '../../ports/ports.ts';

/** One object for all requests that a read answers, so that its JSON is written once. */
export type SeatMap = {
  readonly eventId: EventId;
  readonly layoutVersion: number;
  /** The hall in this version. */
  readonly hall: NumberedSeats;
  readonly sales: Sales;
  readonly seats: readonly Seat[];
};
export type ListSeats = (query: SeatsQuery) => Promise<Result<SeatMap, TicketRefusal | EventNotBookable>>;

/** Every answer is from a read that began after its request. */
export function createListSeats(
  ports: Pick<Ports, 'catalog' | 'waitingRoom' | 'seatReads'>,
  findLayout: FindEventLayout,
): ListSeats {
  const read = createFreshSeats(ports, async (eventId, tickets) => {
    const { seats, event, sales, ended, asOf } = await ports.seatReads.list(eventId, tickets);
    if (asOf === null || event === null) return null;
    const { layoutVersion } = event;
    const layout = await findLayout({ id: eventId, seatCount: seats.length, ...event });
    invariant(layout !== null, `event ${eventId} has no layout ${layoutVersion}`);
    return { asOf, ended, seatMap: { eventId, layoutVersion, hall: numberedSeatsOf(layout), sales, seats } };
  });
  return async (query) => {
    const found = await read(query);
    return found.ok ? ok(found.value.seatMap) : found;
  };
}
