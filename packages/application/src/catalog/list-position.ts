import type { Instant } from '@frontrow/domain/shared/instant.ts';

/**
 * Where a page begins, in a list that has what is upcoming first and then the rest. The cursor of each page has the moment
 * that divides the parts, so that no item of the list moves to the other part from one page to the next.
 */
export type ListPosition = {
  readonly part: 'UPCOMING' | 'REST';
  readonly divide: Instant;
  /** Of the part; null for its start. */
  readonly cursor: string | null;
};

const MINUTE_MS = 60_000;
/** How long a cursor is good for. It bounds how many minutes anybody can put into one, each with cached entries of its own. */
const CURSOR_AGE_MAX_MS = 24 * 60 * MINUTE_MS;

export function minuteOf(at: Instant): Instant {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

export function minuteAfter(at: Instant): Instant {
  return Math.ceil(at / MINUTE_MS) * MINUTE_MS;
}

/** The present minute: while it lasts, all first pages read the same cached entries. */
export function sellingAt(now: Instant) {
  return { from: minuteOf(now), until: minuteOf(now) + MINUTE_MS };
}

export function writePosition({ part, divide, cursor }: ListPosition): string {
  return `${part}:${divide}:${cursor ?? ''}`;
}

/** A process whose clock is behind accepts the cursor of another one. */
function isCurrent(divide: Instant, now: Instant): boolean {
  const ageMs = now - divide;
  return divide === minuteOf(divide) && -MINUTE_MS <= ageMs && ageMs <= CURSOR_AGE_MAX_MS;
}

/** Null for a cursor that is malformed or older than a day. Without one, a list begins with what is upcoming in the minute of `now`. */
export function readPosition(text: string | null, now: Instant): ListPosition | null {
  if (text === null) return { part: 'UPCOMING', divide: minuteOf(now), cursor: null };
  const [, part, divide, cursor] = /^(UPCOMING|REST):(\d{1,15}):(.*)$/s.exec(text) ?? [];
  if (part === undefined || !isCurrent(Number(divide), now)) return null;
  return { part: part as ListPosition['part'], divide: Number(divide), cursor: cursor || null };
}
