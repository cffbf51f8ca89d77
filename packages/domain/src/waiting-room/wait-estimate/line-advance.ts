import type { WaitForecast } from './wait-forecast.ts';

/** How many places of the line are admitted per second: nine in ten such rates are at least the p10. */
export type LineAdvance = {
  readonly p10PerSecond: number;
  readonly medianPerSecond: number;
  readonly p90PerSecond: number;
};

/** The 90th percentile of the normal distribution, in standard deviations. */
const P90_DEVIATIONS = 1.2816;

/** How fast admissions advance the line at present, over a whole wait. */
export function lineAdvance(forecast: WaitForecast): LineAdvance {
  const { advance, advanceWhenFull, windowsUntilFull, windowMs, variance } = forecast;
  const median = ((windowsUntilFull > 0 ? advance : advanceWhenFull) * 1_000) / windowMs;
  const spread = (P90_DEVIATIONS * Math.sqrt(variance[2])) / windowMs;
  return {
    p10PerSecond: Math.max(0, median * (1 - spread)),
    medianPerSecond: median,
    p90PerSecond: median * (1 + spread),
  };
}
