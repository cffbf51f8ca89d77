const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The delay before each repeat of a failed attempt: the example schedule of Standard Webhooks 1.0.0. */
const RETRY_DELAYS_MS = [
  5_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];
export const WEBHOOK_ATTEMPTS_MAX = RETRY_DELAYS_MS.length + 1;
const RETRY_AFTER_MAX_MS = 24 * HOUR_MS;
/** A delay is longer by a random part of this share of it, so that an outage does not end in a burst. */
const JITTER_SHARE = 0.1;

/**
 * The delay after the failed attempt number `attempts` (from 1) of a schedule; null where it was the last. A receiver may
 * ask for a longer delay (`Retry-After`), of at most a day. `random` is from 0 up to 1.
 */
export function retryDelayMs(attempts: number, retryAfterMs: number | null, random: number): number | null {
  const delayMs = RETRY_DELAYS_MS[attempts - 1];
  if (delayMs === undefined) return null;
  const jitteredMs = Math.round(delayMs * (1 + JITTER_SHARE * random));
  return Math.max(jitteredMs, Math.min(retryAfterMs ?? 0, RETRY_AFTER_MAX_MS));
}
