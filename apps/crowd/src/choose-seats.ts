import { type Random, pickWeighted } from './random.ts';

/** A free seat of a map. Seats with consecutive numbers of one row are adjacent. */
export type FreeSeat = {
  readonly number: number;
  /** Both are absent where the date has no layout. */
  readonly section?: string | undefined;
  readonly row?: string | undefined;
};

/** How strongly bots prefer good seats: 1 would choose among all evenly. */
const PREFERENCE = 4;

/**
 * Adjacent seats that a person might click: of a section with many free seats, rather in front and rather in the middle of
 * what is free in a row. `seats` are in the order of their numbers, where the front of a section comes first. Null where no
 * row has as many adjacent free seats.
 */
export function chooseSeats(
  random: Random,
  seats: readonly FreeSeat[],
  count: number,
): readonly number[] | null {
  const groups = adjacentGroups(seats).filter((group) => group.length >= count);
  if (groups.length === 0) return null;
  const bySection = Map.groupBy(groups, (group) => group[0]?.section ?? '');
  const section = pickWeighted(
    random,
    [...bySection.values()].map((of) => [of, of.reduce((sum, { length }) => sum + length, 0)] as const),
  );
  const group = section[Math.floor(random() ** PREFERENCE * section.length)] ?? [];
  const middle = (group.length - count) / 2;
  const first = Math.round(middle + (random() - 0.5) * middle);
  return group.slice(first, first + count).map(({ number }) => number);
}

function adjacentGroups(seats: readonly FreeSeat[]): readonly (readonly FreeSeat[])[] {
  const groups: FreeSeat[][] = [];
  let last: FreeSeat | undefined;
  for (const seat of seats) {
    const isAdjacent =
      last !== undefined &&
      seat.number === last.number + 1 &&
      seat.section === last.section &&
      seat.row === last.row;
    if (isAdjacent) groups.at(-1)?.push(seat);
    else groups.push([seat]);
    last = seat;
  }
  return groups;
}
