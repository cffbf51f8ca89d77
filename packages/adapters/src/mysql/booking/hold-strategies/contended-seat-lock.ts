import type {
  SeatAvailability,
  SeatLock,
  SeatRequest,
} from '@frontrow/application/ports/booking/seat-lock.ts';
import { COALESCING_GAP_MS, createCoalescedReads } from '@frontrow/application/shared/coalesced-reads.ts';
import { createKeyedFifoQueue } from '@frontrow/application/shared/keyed-fifo-queue.ts';
import { refuse } from '@frontrow/domain/shared/result.ts';

/** Reads the availability for all the requests, which are of one event, in one statement. */
export type ReadSeatAvailability = (
  eventId: string,
  requests: readonly SeatRequest[],
) => Promise<SeatAvailability>;

/** How long a request waits for earlier attempts. Then it makes its own: the rows decide. */
const WAIT_MAX_MS = 2_000;
/** Seats that are held and released again and again could dismiss the same request forever. */
const ROUNDS_MAX = 3;

/**
 * Refuses contended requests by coalesced reads, and lets one request at a time attempt a hold of a seat in this
 * process. Once an attempt shows that a seat is taken, all requests that wait for one of its seats read again.
 */
export function createContendedSeatLock(read: ReadSeatAvailability, gapMs = COALESCING_GAP_MS): SeatLock {
  const readAvailability = createCoalescedReads(read, { gapMs });
  const queue = createKeyedFifoQueue();

  return {
    async hold(seatRequest, { refusalBy, attempt }) {
      for (let round = 1; round <= ROUNDS_MAX; round += 1) {
        const availability = await readAvailability(seatRequest.eventId, seatRequest);
        // The transaction replays the stored answer, whatever has changed since.
        if (availability.hasAnswered(seatRequest.request)) break;
        const refusal = refusalBy(availability);
        if (refusal !== null) return refuse(refusal);

        const queued = queue.join(keysOf(seatRequest));
        try {
          if ((await queued.waitForTurn(WAIT_MAX_MS)) === 'DISMISSED') continue;
          const held = await attempt();
          if (held.ok || held.refusal.code === 'SEAT_UNAVAILABLE') queued.dismissRivals();
          return held;
        } finally {
          queued.leave();
        }
      }
      return attempt();
    },
  };
}

function keysOf({ eventId, seatNumbers }: SeatRequest): readonly string[] {
  return [...new Set(seatNumbers)].map((number) => `${eventId}:${number}`);
}
