import { type PollAllowance, afterStatusSent, takePoll } from '@frontrow/domain/waiting-room/poll-limit.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { createPlaceLru } from './place-lru.ts';

/** The decision on one poll. */
export type Poll = {
  /** Null where the poll is allowed, or else how many ms later the next one is. */
  readonly retryAfterMs: number | null;
  /** Takes note of the `pollAfterMs` that the poll was answered with. */
  answered(pollAfterMs: number | null): void;
};

/** Refuses polls that come far too early. Each process counts the polls that reach it. */
export type PollLimit = { take(place: Place): Poll };

/** Half of the places that are kept, about 20 MB in all. A place that is dropped has its whole burst again. */
const PLACES_MAX = 50_000;

type Entry = { allowance: PollAllowance | null };

/** `now` in ms. Counts by place, not by ticket: signing a new ticket does not renew the allowance. */
export function createPollLimit(now: () => number): PollLimit {
  const entries = createPlaceLru<Entry>(PLACES_MAX);
  return {
    take(place) {
      const entry = entries.getOrCreate(place, () => ({ allowance: null }));
      const decision = takePoll(entry.allowance, now());
      if (!decision.isAllowed) return { retryAfterMs: decision.retryAfterMs, answered: () => {} };
      const { allowance } = decision;
      entry.allowance = allowance;
      return {
        retryAfterMs: null,
        answered(pollAfterMs) {
          // Another poll of the place may have been counted since.
          entry.allowance = afterStatusSent(entry.allowance ?? allowance, pollAfterMs);
        },
      };
    },
  };
}

const UNLIMITED: Poll = { retryAfterMs: null, answered: () => {} };
export const NO_POLL_LIMIT: PollLimit = { take: () => UNLIMITED };
