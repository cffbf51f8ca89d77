import type { Seat } from './seat.ts';

/** The letter of each status, so that the states of a hall fit into a short text. */
export const STATE_LETTERS = { AVAILABLE: 'A', HELD: 'H', SOLD: 'S', BLOCKED: 'B' } as const satisfies Record<
  Seat['status'],
  string
>;

/** The states of all seats of a date, a letter each: that of seat n is at index n - 1. */
export type SeatLetters = string;

/** Consecutive seats: the number of the first one, and a letter for each. */
export type LetterRange = readonly [firstNumber: number, letters: SeatLetters];

export function lettersOf(seats: readonly Pick<Seat, 'status'>[]): SeatLetters {
  return seats.map(({ status }) => STATE_LETTERS[status]).join('');
}

/** The seats whose letters differ, with their later letters, by number. Seats that are new differ. */
export function changedRanges(before: SeatLetters, after: SeatLetters): readonly LetterRange[] {
  const ranges: LetterRange[] = [];
  let start = -1;
  for (let index = 0; index <= after.length; index += 1) {
    const differs = index < after.length && before.charCodeAt(index) !== after.charCodeAt(index);
    if (differs && start === -1) start = index;
    if (differs || start === -1) continue;
    ranges.push([start + 1, after.slice(start, index)]);
    start = -1;
  }
  return ranges;
}
