import { quantile } from './quantile.ts';
import type { Course, Load } from './course.ts';
import type { Plan } from './plan.ts';
import { simulateSale } from './simulate.ts';
import type { Limits } from './simulated-seats.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7];

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

export type Prediction = Figures &
  Pick<Course, 'joins' | 'polls' | 'sales'> & {
    /** Whether it depends on chance when, or whether, the last seats are sold. */
    readonly isEndUncertain: boolean;
  };

/** The medians of some simulated sales, which differ by chance only. */
export function predict(plan: Plan, limits: Limits): Prediction {
  const courses = SEEDS.map((seed) => simulateSale(plan, limits, seed));
  const figures = courses.map(figuresOf);
  const load = (of: (course: Course) => Load): Load => ({
    total: middle(courses.map((course) => of(course).total))!,
    perSecondMax: middle(courses.map((course) => of(course).perSecondMax))!,
  });
  return {
    mostSoldAt: middle(figures.map(({ mostSoldAt }) => mostSoldAt)),
    soldOutAt: middle(figures.map(({ soldOutAt }) => soldOutAt)),
    isEndUncertain: isFarApart(figures.map(({ soldOutAt }) => soldOutAt)),
    soldSeats: middle(figures.map(({ soldSeats }) => soldSeats))!,
    waitMedian: middle(figures.map(({ waitMedian }) => waitMedian)),
    waitP90: middle(figures.map(({ waitP90 }) => waitP90)),
    joins: load(({ joins }) => joins),
    polls: load(({ polls }) => polls),
    sales: load(({ sales }) => sales),
  };
}

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

/** The median of the known values; null where most are unknown. */
function middle(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length * 2 > values.length ? quantile(known, 0.5) : null;
}

/** Whether some values are unknown and others not, or the largest is more than a tenth above the smallest. */
function isFarApart(values: readonly (number | null)[]): boolean {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return false;
  return known.length < values.length || Math.max(...known) > 1.1 * Math.min(...known);
}
