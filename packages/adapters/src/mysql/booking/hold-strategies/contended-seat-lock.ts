import { refuse } from '@frontrow/domain/shared/result.ts';
import type {
  SeatLock,
  SeatAvailability,
  SeatRequest,
} from '@frontrow/application/ports/booking/seat-lock.ts';
import { COALESCING_GAP_MS, createCoalescedReads } from '@frontrow/application/shared/coalesced-reads.ts';
import { createKeyedFifoQueue } from '@frontrow/application/shared/keyed-fifo-queue.ts';

/** One read of the database for all the wishes, which are of one event. */
export type ReadSeatAvailability = (
  eventId: string,
  wishes: readonly SeatRequest[],
) => Promise<SeatAvailability>;

/** How long a request waits for the attempts of those before it. Then it tries as well: the rows decide. */
const WAIT_MAX_MS = 2_000;
/** Seats that are held and freed again and again would send the same request away again and again. */
const ROUNDS_MAX = 3;

/**
 * Refuses the losers of a crowd by reads that they share, and lets one request at a time try for a seat in this process.
 * Once an attempt has shown that a seat is gone, all who wait for one of its seats read anew instead of trying.
 */
export function createContendedSeatLock(read: ReadSeatAvailability, gapMs = COALESCING_GAP_MS): SeatLock {
  const askNews = createCoalescedReads(read, { gapMs });
  const turns = createKeyedFifoQueue();

  return {
    async hold(wish, { refusalBy, attempt }) {
      for (let round = 1; round <= ROUNDS_MAX; round += 1) {
        const news = await askNews(wish.eventId, wish);
        // Also when everything has changed since: the transaction repeats the first answer.
        if (news.hasAnswered(wish.request)) break;
        const refusal = refusalBy(news);
        if (refusal !== null) return refuse(refusal);

        const turn = turns.join(keysOf(wish));
        try {
          if ((await turn.waitForTurn(WAIT_MAX_MS)) === 'DISMISSED') continue;
          const held = await attempt();
          if (held.ok || held.refusal.code === 'SEAT_UNAVAILABLE') turn.dismissRivals();
          return held;
        } finally {
          turn.leave();
        }
      }
      return attempt();
    },
  };
}

function keysOf({ eventId, seatNumbers }: SeatRequest): readonly string[] {
  return [...new Set(seatNumbers)].map((number) => `${eventId}:${number}`);
}
