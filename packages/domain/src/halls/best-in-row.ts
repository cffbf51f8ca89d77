import { type Choice, betterChoice } from './choice.ts';
import { costOf, rowOf } from './hall-index.ts';
import { type SeatSearch, acceptsSection, bestRun, bestRunAround, isEligible } from './seat-search.ts';

/** The best adjacent seats of one row of a seated section. */
export function bestInRow(search: SeatSearch): Choice | null {
  const { hall, seats, request } = search;
  let best: Choice | null = null;
  for (const row of hall.bestRows) {
    if (best?.orphans === 0 && row.lowestCost * request.count > best.cost) break;
    if (seats.openInRow[row.index]! < request.count || !acceptsSection(search, row.section)) continue;
    best = betterChoice(best, bestRun(search, row));
  }
  return best;
}

/** The best places of one standing section, adjacent or not. */
export function bestStanding(search: SeatSearch): Choice | null {
  const { hall, request } = search;
  let best: Choice | null = null;
  for (const { section, numbers } of hall.standing) {
    if (!acceptsSection(search, section)) continue;
    const chosen: number[] = [];
    for (const number of numbers) {
      if (isEligible(search, 'general', number)) chosen.push(number);
      if (chosen.length < request.count) continue;
      const cost = chosen.reduce((sum, each) => sum + costOf(hall, each, each), 0);
      best = betterChoice(best, { numbers: chosen.toSorted((a, b) => a - b), orphans: 0, cost });
      break;
    }
  }
  return best;
}

/** The best adjacent seats of one row, one of which is accessible. */
export function bestWithAccessibleSeat(search: SeatSearch): Choice | null {
  const { hall, request } = search;
  let best: Choice | null = null;
  for (const number of hall.accessible) {
    const row = rowOf(hall, number);
    if (!acceptsSection(search, row.section)) continue;
    best = betterChoice(
      best,
      bestRunAround(search, row, number, { count: request.count, kind: 'accessible' }),
    );
  }
  return best;
}
