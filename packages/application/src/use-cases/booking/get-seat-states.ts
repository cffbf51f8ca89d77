import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { SeatStates } from '../../ports/booking/seats.ts';
import type { Ports } from '../../ports/ports.ts';
import { COALESCING_GAP_MS, createCoalescedReads } from '../../shared/coalesced-reads.ts';

export type GetSeatStates = (eventId: EventId) => Promise<Result<SeatStates, NotFound>>;

/**
 * Staff read the states of the seats of a date of any visibility, whether it can be booked or not. Every answer is from a
 * read that began after its request.
 */
export function createGetSeatStates({ seatReads }: Pick<Ports, 'seatReads'>): GetSeatStates {
  const read = createCoalescedReads((eventId) => seatReads.readStatesForStaff(eventId), {
    gapMs: COALESCING_GAP_MS,
  });
  return async (eventId) => {
    const states = await read(eventId, null);
    return states === null ? refuse(notFound('event')) : ok(states);
  };
}
