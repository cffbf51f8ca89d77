import type { BestAvailable, ChoiceRules } from '../../src/halls/seat-search.ts';
import type { Layout, LayoutSeat, SectionKind } from '../../src/halls/layout.ts';

/** A seat of a layout, in which `row` and `position` count from 0. */
export type BruteSeat = LayoutSeat & {
  readonly number: number;
  readonly section: number;
  readonly kind: SectionKind;
  readonly row: number;
  readonly position: number;
  readonly companionOfNumber: number | null;
};

export function bruteSeats(layout: Layout): BruteSeat[] {
  let number = 0;
  return layout.sections.flatMap(({ kind, rows }, section) =>
    rows.flatMap(({ seats }, row) => {
      const first = number + 1;
      return seats.map((seat, position) => {
        number += 1;
        const owner = seats.findIndex(({ label }) => label === seat.companionOf);
        const companionOfNumber = owner === -1 ? null : first + owner;
        return { ...seat, number, section, kind, row, position, companionOfNumber };
      });
    }),
  );
}

export function areBeside(a: BruteSeat, b: BruteSeat): boolean {
  return a.section === b.section && a.row === b.row && Math.abs(a.position - b.position) === 1;
}

export function isSetAside({ accessible, companionOf }: BruteSeat): boolean {
  return accessible === true || companionOf !== undefined;
}

/** The numbers of the seats that are open and have no open neighbour. */
export function bruteOrphans(
  seats: readonly BruteSeat[],
  unavailable: ReadonlySet<number>,
  accessibleReleased: boolean,
): number[] {
  const open = seats.filter(
    (seat) => !unavailable.has(seat.number) && (accessibleReleased || !isSetAside(seat)),
  );
  return open
    .filter((seat) => seat.kind === 'SEATED' && !open.some((other) => areBeside(seat, other)))
    .map(({ number }) => number);
}

/** The orphans that chosen seats would newly leave. */
export function newOrphans(
  seats: readonly BruteSeat[],
  unavailable: ReadonlySet<number>,
  chosen: readonly number[],
  accessibleReleased: boolean,
): number[] {
  const before = bruteOrphans(seats, unavailable, accessibleReleased);
  const after = bruteOrphans(seats, new Set([...unavailable, ...chosen]), accessibleReleased);
  return after.filter((number) => !before.includes(number));
}

/** All runs of `count` adjacent seats. */
export function allRuns(seats: readonly BruteSeat[], count: number): BruteSeat[][] {
  return seats.flatMap((_, index) => {
    const run = seats.slice(index, index + count);
    const isAdjacent = run.every((seat, position) => position === 0 || areBeside(run[position - 1]!, seat));
    return run.length === count && isAdjacent ? [run] : [];
  });
}

function combinations<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, index) =>
    combinations(items.slice(index + 1), count - 1).map((others) => [item, ...others]),
  );
}

/** Every cost, from the layout alone. */
function bruteCosts({ stage, sections }: Layout, seats: readonly BruteSeat[]): Map<number, number> {
  const all = sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  const xs = all.map(({ x }) => x);
  const focus = stage ?? { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: 0 };
  const rankMax = Math.max(0, ...all.map(({ rank }) => rank ?? 0));
  return new Map(
    seats.map(({ number, rank, x, y }) => [
      number,
      rank ?? rankMax + Math.round(1_000 * Math.sqrt((x - focus.x) ** 2 + (y - focus.y) ** 2)),
    ]),
  );
}

/** Every choice that meets the request, however bad: of one row or standing section, else of two adjacent rows. */
function allChoices(
  layout: Layout,
  unavailable: ReadonlySet<number>,
  request: BestAvailable,
  rules: ChoiceRules,
): BruteSeat[][] {
  const seats = bruteSeats(layout);
  const isWanted = ({ number, section, category }: BruteSeat) => {
    const index = layout.categories.findIndex(({ key }) => key === category);
    return (
      !unavailable.has(number) &&
      (request.section ?? section) === section &&
      (request.category ?? index) === index &&
      rules.prices[index]! <= (request.maxPrice ?? Infinity)
    );
  };
  const isGeneral = (run: readonly BruteSeat[]) =>
    run.every((seat) => isWanted(seat) && (rules.accessibleReleased || !isSetAside(seat)));
  const isWithAccessible = (run: readonly BruteSeat[]) =>
    run.every(isWanted) && (rules.accessibleReleased || keepsCompanionRules(run, rules));
  const hasOneAccessible = (run: readonly BruteSeat[]) => run.filter((seat) => seat.accessible).length === 1;

  const { count, accessible, together } = request;
  const runs = allRuns(seats, count);
  const standing = layout.sections.flatMap(({ kind }, section) =>
    kind === 'SEATED'
      ? []
      : combinations(
          seats.filter((seat) => seat.section === section && isGeneral([seat])),
          count,
        ),
  );
  const choices = accessible
    ? runs.filter((run) => isWithAccessible(run) && hasOneAccessible(run))
    : [...runs.filter(isGeneral), ...standing];
  if (choices.length > 0 || together !== 'near') return choices;
  return allPairsOfRuns(seats, count).flatMap(([front, back]) => {
    const isChoice = accessible
      ? hasOneAccessible([...front, ...back]) &&
        ((isWithAccessible(front) && hasOneAccessible(front) && isGeneral(back)) ||
          (isWithAccessible(back) && hasOneAccessible(back) && isGeneral(front)))
      : isGeneral(front) && isGeneral(back);
    return isChoice ? [[...front, ...back]] : [];
  });
}

function keepsCompanionRules(chosen: readonly BruteSeat[], { companionSeatsMax }: ChoiceRules): boolean {
  return chosen.every(({ companionOfNumber }) => {
    if (companionOfNumber === null) return true;
    const companions = chosen.filter((other) => other.companionOfNumber === companionOfNumber);
    return (
      chosen.some(({ number }) => number === companionOfNumber) && companions.length <= companionSeatsMax
    );
  });
}

/** All runs of a front row and the row behind it, with a back seat that is the nearest to a front seat. */
function allPairsOfRuns(seats: readonly BruteSeat[], count: number): [BruteSeat[], BruteSeat[]][] {
  return Array.from({ length: count - 1 }, (_, index) => index + 1).flatMap((inFront) =>
    allRuns(seats, inFront).flatMap((front) => {
      const { kind, section, row } = front[0]!;
      const backRow = seats.filter((seat) => seat.section === section && seat.row === row + 1);
      if (kind === 'STANDING' || backRow.length === 0) return [];
      const behind = front.map((seat) => nearest(seat, backRow));
      return allRuns(backRow, count - inFront)
        .filter((back) => back.some((seat) => behind.includes(seat)))
        .map((back): [BruteSeat[], BruteSeat[]] => [front, back]);
    }),
  );
}

function nearest({ x, y }: BruteSeat, row: readonly BruteSeat[]): BruteSeat {
  const distance = (seat: BruteSeat) => (seat.x - x) ** 2 + (seat.y - y) ** 2;
  return row.reduce((best, seat) => (distance(seat) < distance(best) ? seat : best));
}

/** The best of all choices: fewest new orphans, then the lowest cost, then the lowest seat numbers. */
export function bruteForceBest(
  layout: Layout,
  unavailable: ReadonlySet<number>,
  request: BestAvailable,
  rules: ChoiceRules,
): number[] | null {
  const seats = bruteSeats(layout);
  const costs = bruteCosts(layout, seats);
  const choices = allChoices(layout, unavailable, request, rules).map((choice) => {
    const numbers = choice.map(({ number }) => number).toSorted((a, b) => a - b);
    return {
      numbers,
      orphans: newOrphans(seats, unavailable, numbers, rules.accessibleReleased).length,
      cost: numbers.reduce((sum, number) => sum + costs.get(number)!, 0),
    };
  });
  choices.sort(
    (a, b) =>
      a.orphans - b.orphans ||
      a.cost - b.cost ||
      a.numbers.map((number, index) => number - b.numbers[index]!).find((difference) => difference !== 0) ||
      0,
  );
  return choices[0]?.numbers ?? null;
}
