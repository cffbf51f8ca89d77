import type { Instant } from '../../shared/instant.ts';
import type { WaitForecast } from './wait-forecast.ts';

export type WaitDistribution = {
  /** How many windows the wait takes, as a fraction. */
  readonly windows: number;
  readonly centreMs: number;
  /** The standard deviation. */
  readonly deviationMs: number;
};

/**
 * The wait of `position` (1 for the next in line) from `now`. Admissions advance the line by a positions per window, and
 * places ahead leave with the hazard h: dx/dn = -a - h x, so position x needs n = ln(1 + h x / a) / h windows. A renewal
 * count is asymptotically normal (W. Feller, "An Introduction to Probability Theory and Its Applications", vol. II, XI.5):
 * a relative deviation s of one window's advance adds a variance of n s² to n, a relative deviation d of a adds (n d)²,
 * and one of h adds (n² h d / 2)².
 */
export function waitDistribution(forecast: WaitForecast, position: number, now: Instant): WaitDistribution {
  const { windows, isLimited } = windowsUntil(forecast, position);
  return distributionOf(forecast, windows, isLimited, now);
}

/**
 * In each number the highest of any place up to `position`. A place may have a shorter estimate than one ahead of it where
 * the room is full in between, because the line then no longer advances by whole windows.
 */
export function waitDistributionUpTo(
  forecast: WaitForecast,
  position: number,
  now: Instant,
): WaitDistribution {
  const { windows, isLimited } = windowsUntil(forecast, position);
  const own = distributionOf(forecast, windows, isLimited, now);
  if (!isLimited) return own;
  const ahead = distributionOf(forecast, forecast.windowsUntilFull, false, now);
  return {
    windows: Math.max(own.windows, ahead.windows),
    centreMs: Math.max(own.centreMs, ahead.centreMs),
    deviationMs: Math.max(own.deviationMs, ahead.deviationMs),
  };
}

/** `isLimited`: the room is full before the wait ends. */
function windowsUntil(forecast: WaitForecast, position: number) {
  const { advance, advanceWhenFull, windowsUntilFull, abandonment } = forecast;
  const ahead = position - forecast.allowance;
  const untilFull = windowsFor(ahead, advance, abandonment);
  if (untilFull <= windowsUntilFull) return { windows: untilFull, isLimited: false };
  const aheadWhenFull = ahead - windowsUntilFull * (advance - advanceWhenFull);
  return { windows: windowsFor(aheadWhenFull, advanceWhenFull, abandonment), isLimited: true };
}

function distributionOf(
  { nextWindowAt, windowMs, variance, ...forecast }: WaitForecast,
  windows: number,
  isLimited: boolean,
  now: Instant,
): WaitDistribution {
  const isStepped = forecast.isStepped && !isLimited && windows > 0;
  const square = windows ** 2;
  return {
    windows,
    centreMs: isStepped
      ? Math.max(0, nextWindowAt - now) + (Math.ceil(windows) - 1) * windowMs
      : windows * windowMs,
    deviationMs: Math.sqrt(
      variance[0] + variance[1] * windows + (variance[2] + variance[3] * square) * square,
    ),
  };
}

function windowsFor(positions: number, advance: number, abandonment: number): number {
  const windows = Math.max(0, positions) / advance;
  return abandonment * windows > 1e-6 ? Math.log1p(abandonment * windows) / abandonment : windows;
}
