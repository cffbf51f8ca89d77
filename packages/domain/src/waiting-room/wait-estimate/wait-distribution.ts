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
  const { advance, advanceWhenFull, windowsUntilFull, abandonment, windowMs, variance } = forecast;
  const ahead = position - forecast.allowance;
  const untilFull = windowsFor(ahead, advance, abandonment);
  const isLimited = untilFull > windowsUntilFull;
  const windows = isLimited
    ? windowsFor(ahead - windowsUntilFull * (advance - advanceWhenFull), advanceWhenFull, abandonment)
    : untilFull;
  const isStepped = forecast.isStepped && !isLimited && windows > 0;
  const square = windows ** 2;
  return {
    windows,
    centreMs: isStepped
      ? Math.max(0, forecast.nextWindowAt - now) + (Math.ceil(windows) - 1) * windowMs
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
