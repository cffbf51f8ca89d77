import { type PollAllowance, afterStatusSent, takePoll } from '@frontrow/domain/waiting-room/poll-limit.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { createRecentPlaces } from './recent-places.ts';

/** A poll of one place. */
export type Poll = {
  /** Null where it is answered, or else after how many ms the next one is. */
  readonly retryAfterMs: number | null;
  /** It was answered with this `pollAfterMs`. */
  answered(pollAfterMs: number | null): void;
};

/** Refuses polls that come far too early, each process for those that reach it. */
export type PollLimit = { take(place: Place): Poll };

/** About 20 MB at most. Who is forgotten has a whole burst again; whoever asks all the time is not forgotten. */
const PLACES_MAX = 50_000;

type Entry = { allowance: PollAllowance | null };

/** `now` in ms. By place and not by ticket: a place has one allowance however often its ticket is signed anew. */
export function createPollLimit(now: () => number): PollLimit {
  const entries = createRecentPlaces<Entry>(PLACES_MAX);
  return {
    take(place) {
      const entry = entries.of(place, () => ({ allowance: null }));
      const decision = takePoll(entry.allowance, now());
      if (!decision.isAllowed) return { retryAfterMs: decision.retryAfterMs, answered: () => {} };
      const { allowance } = decision;
      entry.allowance = allowance;
      return {
        retryAfterMs: null,
        answered(pollAfterMs) {
          // Another poll may have been counted meanwhile.
          entry.allowance = afterStatusSent(entry.allowance ?? allowance, pollAfterMs);
        },
      };
    },
  };
}

const UNLIMITED: Poll = { retryAfterMs: null, answered: () => {} };
export const NO_POLL_LIMIT: PollLimit = { take: () => UNLIMITED };
