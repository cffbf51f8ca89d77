/** A moment in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

const DAY_MS = 86_400_000;
const DIGITS_2 = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const DIGITS_3 = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'));

/** The day of the last answer: nearly all instants that are shown lie in the same one or two. */
let lastDay = { number: 0, text: '1970-01-01T' };

/**
 * ISO 8601 in UTC with milliseconds, as the HTTP contract shows every time. What `Date.toISOString` answers, at a third
 * of its cost: two of these are in every poll.
 */
export function formatInstant(instant: Instant): string {
  const number = Math.floor(instant / DAY_MS);
  if (number !== lastDay.number)
    lastDay = { number, text: new Date(number * DAY_MS).toISOString().slice(0, -'00:00:00.000Z'.length) };
  const ms = Math.floor(instant) - number * DAY_MS;
  const hours = DIGITS_2[Math.floor(ms / 3_600_000)];
  const minutes = DIGITS_2[Math.floor(ms / 60_000) % 60];
  const seconds = DIGITS_2[Math.floor(ms / 1_000) % 60];
  return `${lastDay.text}${hours}:${minutes}:${seconds}.${DIGITS_3[ms % 1_000]}Z`;
}
