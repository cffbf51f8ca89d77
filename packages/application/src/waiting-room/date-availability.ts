import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { AvailableCategory, CountCategories } from '../catalog/count-categories.ts';
import type { SeatCount } from '../ports/booking/seats.ts';
import type { Clock } from '../ports/shared/clock.ts';
import { setBounded } from '../shared/set-bounded.ts';
import type { ListEvents, ListedEvent } from '../use-cases/catalog/list-events.ts';

/** What is left of a date on sale. `categories` is null for a date without a layout. */
export type DateAvailability = {
  readonly event: ListedEvent;
  readonly available: SeatCount;
  readonly categories: readonly AvailableCategory[] | null;
};
/** The earliest dates on sale, in order; null where no recent read is known. The same object until the next read. */
export type DatesAvailability = (concertId: ConcertId) => readonly DateAvailability[] | null;

export const DATES_MAX = 10;
const PERIOD_MS = 5_000;
const KEPT_FOR_MS = 30_000;
const CONCERTS_MAX = 10_000;

type DatesAvailabilityPorts = {
  readonly clock: Clock;
  readonly listEvents: ListEvents;
  readonly countCategories: CountCategories;
};

/** Reads in the background, at most once in five seconds for a concert: the status of a room never waits for the database. */
export function createDatesAvailability({
  clock,
  listEvents,
  countCategories,
}: DatesAvailabilityPorts): DatesAvailability {
  type Kept = {
    readAt: Instant;
    dates: readonly DateAvailability[] | null;
    begunAt: Instant;
    isReading: boolean;
  };
  const concerts = new Map<ConcertId, Kept>();

  function keep(concertId: ConcertId): Kept {
    const known = concerts.get(concertId);
    if (known !== undefined) return known;
    const kept: Kept = { readAt: -Infinity, dates: null, begunAt: -Infinity, isReading: false };
    setBounded(concerts, concertId, kept, CONCERTS_MAX);
    return kept;
  }

  async function read(concertId: ConcertId): Promise<readonly DateAvailability[] | null> {
    const page = { limit: DATES_MAX, cursor: null };
    const listed = await listEvents({ concertId, bookable: true, page });
    if (!listed.ok) return null;
    const dates: DateAvailability[] = [];
    for (const event of listed.value.items) {
      const { available } = event;
      if (available === null) return null;
      dates.push({ event, available, categories: await countCategories(event, available) });
    }
    return dates;
  }

  async function refresh(concertId: ConcertId, kept: Kept, now: Instant): Promise<void> {
    kept.isReading = true;
    kept.begunAt = now;
    try {
      const dates = await read(concertId);
      if (dates === null) return;
      kept.dates = dates;
      kept.readAt = now;
    } catch {
      // What was read before stays. The reads of dates report their own errors.
    } finally {
      kept.isReading = false;
    }
  }

  return (concertId) => {
    const now = clock.now();
    const kept = keep(concertId);
    if (!kept.isReading && Math.abs(now - kept.begunAt) >= PERIOD_MS) void refresh(concertId, kept, now);
    return now - kept.readAt < KEPT_FOR_MS ? kept.dates : null;
  };
}
