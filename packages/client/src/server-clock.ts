/** The time of the server, whatever the clock of this device says. In ms since 1970, or until then. */
export type ServerClock = {
  /** Between two answers it never goes back. The time of this device before the first answer. */
  now(): number;
  /** At least 0. */
  msUntil(instant: string): number;
  /**
   * Learns from the `Date` of an answer, which has whole seconds.
   *
   * @param date the header
   * @param sentAt `localNow()` before the request
   * @param receivedAt `localNow()` after the head of the answer
   */
  learnFromDate(date: string | null, sentAt: number, receivedAt: number): void;
  /** Learns from the `asOf` of an answer, which the server has passed, by a little or by seconds. */
  learnFromAsOf(asOf: string): void;
  /** The monotonic clock of this device. */
  localNow(): number;
};

const DATE_RESOLUTION_MS = 1_000;
/** A busy server sends a `Date` that is late by less than this. What differs by more means that a clock has changed. */
const NOISE_MS = 2_000;

/**
 * Each answer bounds the offset between the server's time and the monotonic clock of this device, so that a wrong or changed
 * clock of the device makes no difference. The bounds of several answers are narrower than those of each. An answer that
 * contradicts those before it moves the time as little as it can, or begins anew, as after a device has slept.
 */
export function createServerClock(
  localNow: () => number = () => performance.now(),
  deviceTime: () => number = Date.now,
): ServerClock {
  let lowest = -Infinity;
  let highest = Infinity;
  let latest = -Infinity;

  function narrow(low: number, high: number): void {
    const gap = Math.max(low - highest, lowest - high);
    if (gap > NOISE_MS) [lowest, highest, latest] = [low, high, -Infinity];
    else if (low > highest) [lowest, highest] = [low, low];
    else if (high < lowest) [lowest, highest] = [high, high];
    else [lowest, highest] = [Math.max(lowest, low), Math.min(highest, high)];
  }

  function offset(): number {
    if (lowest === -Infinity) return deviceTime() - localNow();
    return highest === Infinity ? lowest : (lowest + highest) / 2;
  }

  function now(): number {
    const time = localNow() + offset();
    if (lowest === -Infinity) return time;
    latest = Math.max(latest, time);
    return latest;
  }

  return {
    now,
    msUntil: (instant) => Math.max(0, Date.parse(instant) - now()),
    learnFromDate(date, sentAt, receivedAt) {
      const second = date === null ? NaN : Date.parse(date);
      if (!Number.isNaN(second)) narrow(second - receivedAt, second + DATE_RESOLUTION_MS - sentAt);
    },
    learnFromAsOf(asOf) {
      const instant = Date.parse(asOf);
      if (!Number.isNaN(instant)) narrow(instant - localNow(), Infinity);
    },
    localNow,
  };
}
