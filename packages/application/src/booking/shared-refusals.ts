import { refuse } from '@frontrow/domain/shared/result.ts';
import type { SeatLock, SeatNews, SeatWish } from '../ports/booking/seat-lock.ts';
import { CROWD_GAP_MS, createSharedReads } from '../shared/shared-reads.ts';
import { createTurns } from '../shared/turns.ts';

/** One read of the database for all the wishes, which are of one event. */
export type ReadSeatNews = (eventId: string, wishes: readonly SeatWish[]) => Promise<SeatNews>;

/** How long a request waits for the attempts of those before it. Then it tries as well: the rows decide. */
const WAIT_MAX_MS = 2_000;
/** Seats that are held and freed again and again would send the same request away again and again. */
const ROUNDS_MAX = 3;

/**
 * Refuses the losers of a crowd by reads that they share, and lets one request at a time try for a seat in this process.
 * Once an attempt has shown that a seat is gone, all who wait for one of its seats read anew instead of trying.
 */
export function createSharedRefusals(read: ReadSeatNews, gapMs = CROWD_GAP_MS): SeatLock {
  const askNews = createSharedReads(read, { gapMs });
  const turns = createTurns();

  return {
    async hold(wish, { refusalBy, attempt }) {
      for (let round = 1; round <= ROUNDS_MAX; round += 1) {
        const news = await askNews(wish.eventId, wish);
        // Also when everything has changed since: the transaction repeats the first answer.
        if (news.knows(wish.request)) break;
        const refusal = refusalBy(news);
        if (refusal !== null) return refuse(refusal);

        const turn = turns.join(keysOf(wish));
        try {
          if ((await turn.come(WAIT_MAX_MS)) === 'DISMISSED') continue;
          const held = await attempt();
          if (held.ok || held.refusal.code === 'SEAT_UNAVAILABLE') turn.dismiss();
          return held;
        } finally {
          turn.leave();
        }
      }
      return attempt();
    },
  };
}

function keysOf({ eventId, seatNumbers }: SeatWish): readonly string[] {
  return [...new Set(seatNumbers)].map((number) => `${eventId}:${number}`);
}
