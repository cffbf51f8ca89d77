import type { Course, Load } from './course.ts';
import { FIGURES, type Figures, figuresOf, isClose } from './figures.ts';
import type { Plan } from './plan.ts';
import { quantile } from './quantile.ts';
import { simulateSale } from './simulate.ts';
import type { Limits } from './simulated-seats.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7];

export type Prediction = Figures &
  Pick<Course, 'joins' | 'polls' | 'sales'> & {
    /** The figures in which the simulated sales differ too much to predict them, such as when the last seat is sold. */
    readonly byChance: readonly (keyof Figures)[];
  };

/** The medians of some simulated sales, which differ by chance only. */
export function predict(plan: Plan, limits: Limits): Prediction {
  const courses = SEEDS.map((seed) => simulateSale(plan, limits, seed));
  const simulated = courses.map(figuresOf);
  const load = (of: (course: Course) => Load): Load => ({
    total: middle(courses.map((course) => of(course).total))!,
    perSecondMax: middle(courses.map((course) => of(course).perSecondMax))!,
  });
  const figures = {
    mostSoldAt: middle(simulated.map(({ mostSoldAt }) => mostSoldAt)),
    soldOutAt: middle(simulated.map(({ soldOutAt }) => soldOutAt)),
    soldSeats: middle(simulated.map(({ soldSeats }) => soldSeats))!,
    waitMedian: middle(simulated.map(({ waitMedian }) => waitMedian)),
    waitP90: middle(simulated.map(({ waitP90 }) => waitP90)),
  };
  return {
    ...figures,
    byChance: FIGURES.filter((figure) =>
      simulated.some((each) => !isClose(figure, figures[figure], each[figure])),
    ),
    joins: load(({ joins }) => joins),
    polls: load(({ polls }) => polls),
    sales: load(({ sales }) => sales),
  };
}

/** The median of the known values; null where most are unknown. */
function middle(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length * 2 > values.length ? quantile(known, 0.5) : null;
}
