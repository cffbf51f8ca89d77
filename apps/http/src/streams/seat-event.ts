import type { SeatStates } from '@frontrow/application/ports/booking/seats.ts';
import { changedRanges } from '@frontrow/domain/booking/seat-states.ts';
import type { EventNotBookable, NotFound, QueueTokenNotActive } from '@frontrow/domain/shared/refusals.ts';
import { presentFacts, presentSeatStates } from '../routes/booking/seat-states-schema.ts';

/** Why a stream of seats has ended for good. */
export type SeatStreamEnd = QueueTokenNotActive | EventNotBookable | NotFound;

/** Formats a Server-Sent Event with the whole state. */
export function stateEvent(id: string, states: SeatStates): string {
  return `event: state\nid: ${id}\ndata: ${JSON.stringify(presentSeatStates(states))}\n\n`;
}

/** Formats a Server-Sent Event with the ranges of seats that have changed, and the facts of the date. */
export function changesEvent(id: string, before: SeatStates, after: SeatStates): string {
  const seats = changedRanges(before.letters, after.letters);
  return `event: changes\nid: ${id}\ndata: ${JSON.stringify({ ...presentFacts(after), seats })}\n\n`;
}

export function seatsEndEvent(end: SeatStreamEnd): string {
  const { code } = end;
  const reason = code === 'QUEUE_TOKEN_NOT_ACTIVE' ? { code, status: end.status } : { code };
  return `event: end\ndata: ${JSON.stringify(reason)}\n\n`;
}

export const SEATS_UNAVAILABLE = 'event: unavailable\ndata: {"code":"UNAVAILABLE"}\n\n';

/** Whether a client that has `before` has something new to see in `after`. */
export function hasSeatChanges(before: SeatStates, after: SeatStates): boolean {
  return (
    before.letters !== after.letters ||
    before.event.layoutVersion !== after.event.layoutVersion ||
    before.event.price !== after.event.price ||
    before.sales.state !== after.sales.state ||
    before.sales.reason !== after.sales.reason
  );
}
