/** A moment in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

const MILLISECONDS = Array.from({ length: 1_000 }, (_, ms) => `.${String(ms).padStart(3, '0')}Z`);
const SECONDS_MAX = 10_000;

/** The seconds that were shown lately: a crowd joins in few of them and asks in fewer. */
const seconds = new Map<number, string>();

/**
 * ISO 8601 in UTC with milliseconds, as the HTTP contract shows every time. What `Date.toISOString` answers, at a
 * fraction of its cost: two of these are in every poll.
 */
export function formatInstant(instant: Instant): string {
  const second = Math.floor(instant / 1_000);
  let text = seconds.get(second);
  if (text === undefined) {
    if (seconds.size >= SECONDS_MAX) seconds.clear();
    text = new Date(second * 1_000).toISOString().slice(0, -'.000Z'.length);
    seconds.set(second, text);
  }
  return `${text}${MILLISECONDS[Math.floor(instant) - second * 1_000]}`;
}
