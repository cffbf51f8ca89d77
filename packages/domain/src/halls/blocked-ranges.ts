/** A blocked seat, with the reason that only staff see. */
export type BlockedSeatFacts = { readonly number: number; readonly reason: string };

/** Blocked seats with consecutive numbers and one reason; includes both ends. */
export type BlockedRange = { readonly from: number; readonly to: number; readonly reason: string };

/** Joins seats, which are ascending by number, into as few ranges as possible. */
export function blockedRanges(seats: readonly BlockedSeatFacts[]): readonly BlockedRange[] {
  const ranges: BlockedRange[] = [];
  for (const { number, reason } of seats) {
    const last = ranges.at(-1);
    if (last?.to === number - 1 && last.reason === reason)
      ranges[ranges.length - 1] = { ...last, to: number };
    else ranges.push({ from: number, to: number, reason });
  }
  return ranges;
}
