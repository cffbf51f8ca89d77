import { POLL_MAX_MS, POLL_MIN_MS } from '@frontrow/domain/waiting-room/admission.ts';

/** What happened in a sale. Times are in ms since the opening. */
export type Course = {
  /** When nine in ten seats, and when all of them, were sold; null where more were left in the end. */
  readonly mostSoldAt: number | null;
  readonly soldOutAt: number | null;
  readonly soldSeats: number;
  /** Of the fans who came when they were admitted, from their join or the opening until they noticed. */
  readonly waitsMs: readonly number[];
  readonly joins: Load;
  readonly polls: Load;
  readonly sales: Load;
};

/** How often something happened. */
export type Load = { readonly total: number; readonly perSecondMax: number };

export type CourseRecorder = {
  /** Before the opening, `now` is negative. */
  joined(now: number): void;
  polled(now: number, count: number): void;
  admitted(joinedAt: number, noticedAt: number): void;
  /** Returns whether all seats are sold. */
  sold(seats: number, now: number): boolean;
  read(): Course;
};

export function createCourse(seats: number): CourseRecorder {
  const waitsMs: number[] = [];
  const [joins, polls, sales] = [createCounter(), createCounter(), createCounter()];
  let soldSeats = 0;
  let mostSoldAt: number | null = null;
  let soldOutAt: number | null = null;
  return {
    joined: (now) => joins.add(now, 1),
    polled: (now, count) => polls.add(now, count),
    admitted(joinedAt, noticedAt) {
      waitsMs.push(noticedAt - Math.max(0, joinedAt));
    },
    sold(count, now) {
      sales.add(now, 1);
      soldSeats += count;
      if (soldSeats >= 0.9 * seats) mostSoldAt ??= now;
      if (soldSeats === seats) soldOutAt = now;
      return soldOutAt !== null;
    },
    read: () => ({
      mostSoldAt,
      soldOutAt,
      soldSeats,
      waitsMs,
      joins: joins.read(),
      polls: polls.read(),
      sales: sales.read(),
    }),
  };
}

/** Adds up by the second. */
function createCounter() {
  const bySecond = new Map<number, number>();
  return {
    add(now: number, count: number): void {
      const second = Math.floor(now / 1_000);
      bySecond.set(second, (bySecond.get(second) ?? 0) + count);
    },
    read(): Load {
      let [total, perSecondMax] = [0, 0];
      for (const count of bySecond.values()) {
        total += count;
        perSecondMax = Math.max(perSecondMax, count);
      }
      return { total, perSecondMax };
    },
  };
}

/**
 * How often `waiting` fans poll, where each polls after a quarter of the wait within the limits of `pollAfterMs`, and
 * `admitted` fans per second leave the line.
 */
export function pollsPerSecond(waiting: number, admitted: number): number {
  const [shortest, longest] = [POLL_MIN_MS / 1_000, POLL_MAX_MS / 1_000];
  const often = Math.min(waiting, 4 * shortest * admitted);
  const between = Math.min(waiting, 4 * longest * admitted);
  const inProportion = between > often ? 4 * admitted * Math.log(between / often) : 0;
  return often / shortest + inProportion + (waiting - between) / longest;
}
