import type { SalesReport } from '@frontrow/client';

/** An hour with a bar; hours without payments and refunds in between are 0. */
export type HourBar = {
  /** ISO 8601, the start of the hour. */
  readonly hour: string;
  readonly payments: number;
  readonly paid: number;
  readonly refunded: number;
};

const HOUR_MS = 3_600_000;
/** A chart with more bars is not readable; the table has every hour. */
export const HOURS_MAX = 72;

/** The last hours that had payments or refunds, without gaps. */
export function hourBars(byHour: SalesReport['byHour']): readonly HourBar[] {
  const last = byHour.at(-1);
  const first = byHour[0];
  if (last === undefined || first === undefined) return [];
  const end = Date.parse(last.hour);
  const start = Math.max(Date.parse(first.hour), end - (HOURS_MAX - 1) * HOUR_MS);
  const known = new Map(byHour.map((each) => [Date.parse(each.hour), each]));
  return Array.from({ length: (end - start) / HOUR_MS + 1 }, (_, index) => {
    const at = start + index * HOUR_MS;
    return known.get(at) ?? { hour: new Date(at).toISOString(), payments: 0, paid: 0, refunded: 0 };
  });
}

/** A round number at or above `value` that an axis can end with: 1, 2 or 5 times a power of ten. */
export function axisEnd(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((step) => step * power >= value) ?? 10) * power;
}
