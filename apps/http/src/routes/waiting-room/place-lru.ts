import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';

/** An approximate LRU map of places with at most 2 × `max` entries. */
export type PlaceLru<Value> = {
  /** Returns the entry of the place, which `create` makes where there is none, and marks it as used. */
  getOrCreate(place: Place, create: () => Value): Value;
};

/**
 * Keeps two generations. When the young one holds `max` entries it becomes the old one, and the old one is dropped, so an
 * entry survives at least `max` uses of others. Every poll uses it: the keys are numbers, because a sequence is unique
 * within its concert, and a look-up by number costs a fifth of one by text.
 */
export function createPlaceLru<Value>(max: number): PlaceLru<Value> {
  let young = new Map<ConcertId, Map<number, Value>>();
  let old = new Map<ConcertId, Map<number, Value>>();
  let size = 0;

  function insert({ concertId, sequence }: Place, value: Value): void {
    if (size >= max) {
      [old, young] = [young, new Map()];
      size = 0;
    }
    size += 1;
    const places = young.get(concertId) ?? new Map<number, Value>();
    young.set(concertId, places.set(sequence, value));
  }

  return {
    getOrCreate(place, create) {
      const { concertId, sequence } = place;
      const found = young.get(concertId)?.get(sequence);
      if (found !== undefined) return found;
      const value = old.get(concertId)?.get(sequence) ?? create();
      insert(place, value);
      return value;
    },
  };
}
