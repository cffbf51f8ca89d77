import { randomFillSync } from 'node:crypto';
import type { IdGenerator } from '@frontrow/application/ports/shared/id-generator.ts';
import { monotonicFactory } from 'ulid';

/** Drawn at once, because a call of the system's generator costs the same for one byte as for many. */
const BYTES_AT_ONCE = 4_096;

/** ULIDs: 26 characters that sort by time, also within one millisecond and when the clock steps back. */
export function createUlidGenerator(): IdGenerator {
  const next = monotonicFactory(createRandomFractions());
  return { next: () => next() };
}

/** From 0 up to 1, in steps of 1/256: `ulid` makes five bits of each. */
function createRandomFractions(): () => number {
  const bytes = new Uint8Array(BYTES_AT_ONCE);
  let used = bytes.length;
  return () => {
    if (used === bytes.length) {
      randomFillSync(bytes);
      used = 0;
    }
    return bytes[used++]! / 256;
  };
}
