import type { Instant } from '../shared/instant.ts';

/** A bookable date at a count of the seats. */
export type CountedDate = {
  /** Seats that are neither SOLD nor BLOCKED: a held seat can still become available. */
  readonly unsold: number;
  readonly reservationEndAt: Instant;
};

/** The concert's seats at the last count. */
export type InventorySnapshot = {
  /** Seats that can be held. */
  readonly sellable: number;
  readonly dates: readonly CountedDate[];
  /** ACTIVE places with a live hold. */
  readonly holders: number;
  /** When the count began, before it read a seat. */
  readonly countedAt: Instant;
  /** How many seats payments had reported sold when the count began. */
  readonly soldBefore: number;
  /** How many seats refunds have returned to sale since the sale began. */
  readonly seatsReturned: number;
};

/** No seat of any bookable date is left from `from` until `until`, the end of the last booking window. */
export type SoldOutPeriod = { readonly from: Instant; readonly until: Instant };

const NOT_COUNTED = { dates: [], soldBefore: 0 } as const satisfies Partial<InventorySnapshot>;

/**
 * When the room is sold out, as far as the count and the payments since then tell. Booking windows that end may leave only
 * dates without a seat, so the period may begin in the future. `soldTotal` is how many seats payments have reported sold so
 * far. A payment that the count has seen, and that is reported after the count began, is subtracted twice: the room may be
 * sold out too early until the next count, and too late only for seats that staff have given away since the last one.
 */
export function soldOutPeriod(
  count: Pick<InventorySnapshot, 'dates' | 'soldBefore'> | null,
  soldTotal: number,
  now: Instant,
): SoldOutPeriod | null {
  const { dates, soldBefore } = count ?? NOT_COUNTED;
  const open = openAt(dates, now);
  const byEnd = open.toSorted((a, b) => a.reservationEndAt - b.reservationEndAt);
  const until = byEnd.at(-1)?.reservationEndAt ?? now;
  let left = unsoldIn(open) - (soldTotal - soldBefore);
  let from = now;
  for (const { unsold, reservationEndAt } of byEnd) {
    if (left <= 0) break;
    from = reservationEndAt;
    left -= unsold;
  }
  return from < until ? { from, until } : null;
}

function openAt(dates: readonly CountedDate[], now: Instant): readonly CountedDate[] {
  return dates.filter(({ reservationEndAt }) => now < reservationEndAt);
}

function unsoldIn(dates: readonly CountedDate[]): number {
  return dates.reduce((sum, { unsold }) => sum + unsold, 0);
}

/**
 * Since when no seat of a bookable date is left; null while seats are left. `stored` is what was known before the count of
 * the bookable dates at `asOf`, and stays true while no date is bookable.
 */
export function soldOutSince(
  stored: Instant | null,
  dates: readonly CountedDate[],
  asOf: Instant,
): Instant | null {
  if (dates.length === 0) return stored;
  return unsoldIn(dates) > 0 ? null : (stored ?? asOf);
}

/**
 * How many seats of the bookable dates are unsold, as far as the count and the payments since then tell. Null where the
 * count knows of no bookable date.
 */
export function unsoldNow(
  count: Pick<InventorySnapshot, 'dates' | 'soldBefore'> | null,
  soldTotal: number,
  now: Instant,
): number | null {
  const { dates, soldBefore } = count ?? NOT_COUNTED;
  const open = openAt(dates, now);
  return open.length === 0 ? null : Math.max(0, unsoldIn(open) - (soldTotal - soldBefore));
}

/** Whether seats were sold although the last count knows of no bookable date: they may have been the last. */
export function mayBeSoldOut(
  count: Pick<InventorySnapshot, 'dates' | 'soldBefore'> | null,
  soldTotal: number,
  now: Instant,
): boolean {
  const { dates, soldBefore } = count ?? NOT_COUNTED;
  return soldTotal > soldBefore && openAt(dates, now).length === 0;
}

export function isSoldOut(period: SoldOutPeriod | null, now: Instant): boolean {
  return period !== null && period.from <= now && now < period.until;
}

/** The seats that can be held, less those that payments have reported sold since the count. */
export function sellableNow({ sellable, soldBefore }: InventorySnapshot, soldTotal: number): number {
  return Math.max(0, sellable - (soldTotal - soldBefore));
}
