export type Limits = {
  /** How many reservations per second MySQL can sell; null for any number. */
  readonly salesPerSecond: number | null;
};

/** The seats of one date, which are all alike. */
export function createSimulatedSeats(seats: number, { salesPerSecond }: Limits) {
  let [free, sold, holders] = [seats, 0, 0];
  let nextSaleAt = 0;
  return {
    /** Holds `wanted` seats or, where fewer are left, one; returns how many are held. */
    hold(wanted: number): number {
      const count = free >= wanted ? wanted : Math.min(1, free);
      free -= count;
      if (count > 0) holders += 1;
      return count;
    },
    release(count: number): void {
      free += count;
      holders -= 1;
    },
    /** When a payment that is sent at `now` is done: sales wait for each other where they exceed the limit. */
    paidAt(now: number): number {
      if (salesPerSecond === null) return now;
      nextSaleAt = Math.max(now, nextSaleAt) + 1_000 / salesPerSecond;
      return nextSaleAt;
    },
    sell(count: number): void {
      sold += count;
      holders -= 1;
    },
    free: () => free,
    /** Fans with a hold. */
    holders: () => holders,
    isSoldOut: () => sold === seats,
  };
}
