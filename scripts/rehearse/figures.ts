import type { Course } from './course.ts';
import { quantile } from './quantile.ts';

/** The figures by which two courses of a sale are compared, in ms and seats. */
export type Figures = {
  /** When nine in ten seats, and when all of them, were sold; null where more were left in the end. */
  readonly mostSoldAt: number | null;
  readonly soldOutAt: number | null;
  readonly soldSeats: number;
  /** Null where nobody came when admitted. */
  readonly waitMedian: number | null;
  readonly waitP90: number | null;
};

export const FIGURE_NAMES: Readonly<Record<keyof Figures, string>> = {
  mostSoldAt: 'nine in ten seats sold after',
  soldOutAt: 'sold out after',
  soldSeats: 'seats sold',
  waitMedian: 'median wait',
  waitP90: 'wait of nine in ten',
};

export const FIGURES = Object.keys(FIGURE_NAMES) as readonly (keyof Figures)[];

/** How far two values of a figure may be apart and count as the same. */
export const OFF_MAX = 0.2;
/** Shorter times count as the same: a fan polls about once a second. */
const SHORTEST_MS = 2_000;

export function figuresOf({ mostSoldAt, soldOutAt, soldSeats, waitsMs }: Course): Figures {
  const waited = waitsMs.length > 0;
  return {
    mostSoldAt,
    soldOutAt,
    soldSeats,
    waitMedian: waited ? quantile(waitsMs, 0.5) : null,
    waitP90: waited ? quantile(waitsMs, 0.9) : null,
  };
}

/** Played ÷ predicted, each time at least `SHORTEST_MS`; null where one of them is unknown. */
export function ratioOf(
  figure: keyof Figures,
  predicted: number | null,
  played: number | null,
): number | null {
  if (predicted === null || played === null) return null;
  if (predicted === played) return 1;
  const least = figure === 'soldSeats' ? 0 : SHORTEST_MS;
  return Math.max(least, played) / Math.max(least, predicted);
}

/** Whether two values count as the same; an unknown one is the same as another unknown one only. */
export function isClose(figure: keyof Figures, predicted: number | null, played: number | null): boolean {
  const ratio = ratioOf(figure, predicted, played);
  return ratio === null ? predicted === played : Math.abs(ratio - 1) <= OFF_MAX;
}

/** A time in seconds or a number of seats; "never" for null. */
export function formatFigure(figure: keyof Figures, value: number | null): string {
  if (value === null) return 'never';
  return figure === 'soldSeats' ? String(value) : `${(value / 1_000).toFixed(1)} s`;
}
