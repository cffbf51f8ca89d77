/** One value at one moment. */
export type Point = { readonly seconds: number; readonly value: number };

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export type Trend = {
  readonly first: number;
  readonly last: number;
  /** Of the line of least squares through the points that are judged. */
  readonly perHour: number;
  /** Null for a series that is too short to judge. */
  readonly isFlat: boolean | null;
};

/** What grows at the start of a run, such as caches and the ends of the last ten minutes, is not judged. */
const JUDGED_SHARE = 0.5;
const JUDGED_SECONDS_MIN = 300;

/**
 * The series is flat if the line through its second half rises by less than `tolerance` in that half, or by less than a
 * twentieth of its mean. A series that falls is flat.
 */
export function trendOf(points: readonly Point[], tolerance: number): Trend {
  const judged = points.slice(Math.floor(points.length * (1 - JUDGED_SHARE)));
  const time = meanOf(judged.map(({ seconds }) => seconds));
  const mean = meanOf(judged.map(({ value }) => value));
  let [covariance, variance] = [0, 0];
  for (const { seconds, value } of judged) {
    covariance += (seconds - time) * (value - mean);
    variance += (seconds - time) ** 2;
  }
  const perSecond = variance === 0 ? 0 : covariance / variance;
  const judgedSeconds = (judged.at(-1)?.seconds ?? 0) - (judged[0]?.seconds ?? 0);
  const rise = perSecond * judgedSeconds;
  return {
    first: points[0]?.value ?? 0,
    last: points.at(-1)?.value ?? 0,
    perHour: perSecond * 3_600,
    isFlat: judgedSeconds < JUDGED_SECONDS_MIN ? null : rise < Math.max(tolerance, mean / 20),
  };
}
