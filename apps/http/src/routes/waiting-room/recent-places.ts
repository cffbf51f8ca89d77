import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';

/** Something about each place that was asked for lately, in bounded memory: at most twice `max` places. */
export type RecentPlaces<Value> = {
  /** What is remembered of the place, or else what `create` makes. */
  of(place: Place, create: () => Value): Value;
};

/**
 * Two generations, as in recent.ts, but by number: a sequence is one user's and no other's within its concert, and
 * finding it costs a tenth of what hashing a text does, on every poll.
 */
export function createRecentPlaces<Value>(max: number): RecentPlaces<Value> {
  let young = new Map<ConcertId, Map<number, Value>>();
  let old = new Map<ConcertId, Map<number, Value>>();
  let size = 0;

  function keep({ concertId, sequence }: Place, value: Value): void {
    if (size >= max) {
      [old, young] = [young, new Map()];
      size = 0;
    }
    size += 1;
    const places = young.get(concertId) ?? new Map<number, Value>();
    young.set(concertId, places.set(sequence, value));
  }

  return {
    of(place, create) {
      const { concertId, sequence } = place;
      const found = young.get(concertId)?.get(sequence);
      if (found !== undefined) return found;
      const value = old.get(concertId)?.get(sequence) ?? create();
      keep(place, value);
      return value;
    },
  };
}
