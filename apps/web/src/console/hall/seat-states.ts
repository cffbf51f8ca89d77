/** A letter for each seat, that of seat n at index n - 1. */
export type Letters = string;
type Letter = 'A' | 'H' | 'S' | 'B';

export const STATES: readonly { readonly letter: Letter; readonly name: string }[] = [
  { letter: 'A', name: 'free' },
  { letter: 'H', name: 'held' },
  { letter: 'S', name: 'sold' },
  { letter: 'B', name: 'blocked' },
];

type StateCounts = Readonly<Record<Letter, number>>;

/** Counts the states of `seatCount` seats from the number `first`. */
export function countStates(letters: Letters, first = 1, seatCount = letters.length): StateCounts {
  const counts = { A: 0, H: 0, S: 0, B: 0 };
  const end = Math.min(letters.length, first - 1 + seatCount);
  for (let index = first - 1; index < end; index += 1) {
    const letter = letters[index] as Letter;
    counts[letter] += 1;
  }
  return counts;
}

/** The state of a seat in words. */
export function stateName(letters: Letters, number: number): string {
  return STATES.find(({ letter }) => letter === letters[number - 1])?.name ?? 'unknown';
}
