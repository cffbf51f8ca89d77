import { describe, expect, it } from 'vitest';
import { createPlaceLru } from '../../../src/routes/waiting-room/place-lru.ts';

function createCounted(max: number) {
  const places = createPlaceLru<{ readonly id: number }>(max);
  let created = 0;
  return (sequence: number, concertId = 'c') =>
    places.getOrCreate({ concertId, userId: 'fan', sequence }, () => ({ id: (created += 1) })).id;
}

describe('createPlaceLru', () => {
  it('keeps a place for at least `max` uses of others, and drops it later', () => {
    const idOf = createCounted(3);
    expect([idOf(1), idOf(1), idOf(1, 'another')]).toEqual([1, 1, 2]);
    for (const sequence of [10, 11, 12]) idOf(sequence);
    expect(idOf(1)).toBe(1);
    for (const sequence of [20, 21, 22, 23, 24]) idOf(sequence);
    expect(idOf(1)).toBeGreaterThan(2);
  });

  it('keeps a place that is used again and again', () => {
    const idOf = createCounted(3);
    for (let count = 0; count < 100; count++) {
      expect(idOf(0)).toBe(1);
      idOf(1 + count);
    }
  });
});
