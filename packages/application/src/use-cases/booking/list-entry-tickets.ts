import { type EntryTicket, entryTicketsOf } from '@frontrow/domain/booking/entry-ticket.ts';
import type { SeatPlace } from '@frontrow/domain/halls/layout.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { NotFound, ReservationNotConfirmed } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { type OwnReservation, findOwnReservation } from '../../booking/own-reservation.ts';
import type { Ports } from '../../ports/ports.ts';
import type { FindReservedPlaces } from '../halls/find-reserved-places.ts';

/** `code` is null for a ticket that no longer opens a gate, and `place` for a date without a layout. */
export type IssuedTicket = EntryTicket & { readonly code: string | null; readonly place: SeatPlace | null };
export type ListEntryTickets = (
  query: OwnReservation,
) => Promise<Result<readonly IssuedTicket[], NotFound | ReservationNotConfirmed>>;

type ListPorts = Pick<Ports, 'reservationReads' | 'gateCheckInReads' | 'catalog' | 'ticketCodes'>;

export function createListEntryTickets(
  { reservationReads, gateCheckInReads, catalog, ticketCodes }: ListPorts,
  findReservedPlaces: FindReservedPlaces,
): ListEntryTickets {
  return async (query) => {
    const found = await findOwnReservation(reservationReads, query);
    if (!found.ok) return found;
    const { reservationId } = query;
    const event = await catalog.findEvent(found.value.eventId);
    invariant(event !== null, `the event of reservation ${reservationId} does not exist`);
    const checkIns = await gateCheckInReads.list(reservationId);
    const tickets = entryTicketsOf(found.value, checkIns, event.sales);
    if (!tickets.ok) return tickets;
    const places = (await findReservedPlaces([found.value])).get(event.id);
    return ok(
      tickets.value.map((ticket) => {
        const { status, seatNumber } = ticket;
        const isVoid = status === 'REFUNDED' || status === 'CANCELLED';
        const place = places?.get(seatNumber) ?? null;
        return { ...ticket, place, code: isVoid ? null : ticketCodes.sign({ reservationId, seatNumber }) };
      }),
    );
  };
}
