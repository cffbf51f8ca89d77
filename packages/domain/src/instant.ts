/** A moment in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** ISO 8601 in UTC with milliseconds, as the HTTP contract shows every time. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}
