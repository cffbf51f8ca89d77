export type SeatStatus = 'AVAILABLE' | 'HELD' | 'SOLD' | 'BLOCKED';

const STATUSES: Readonly<Record<string, SeatStatus>> = { A: 'AVAILABLE', H: 'HELD', S: 'SOLD', B: 'BLOCKED' };

/** The statuses of the compact seat map: that of seat n at index n - 1. An unknown letter is BLOCKED: nobody can choose it. */
export function statusesOf(states: string): SeatStatus[] {
  return Array.from(states, (letter) => STATUSES[letter] ?? 'BLOCKED');
}
