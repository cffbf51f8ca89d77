import type { IdGenerator } from '@frontrow/application/ports/id-generator.ts';
import { monotonicFactory } from 'ulid';

/** ULIDs: 26 characters that sort by time, also within one millisecond and when the clock steps back. */
export function createUlidGenerator(): IdGenerator {
  const next = monotonicFactory();
  return { next: () => next() };
}
