import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { SeatCount } from '../ports/booking/seats.ts';
import type { Ports } from '../ports/ports.ts';
import { createRecentReads } from '../shared/recent-reads.ts';

/** The available seats of each event in the order of the ids, as of at most a second ago; undefined for an unknown event. */
export type CountAvailable = (eventIds: readonly EventId[]) => Promise<readonly (SeatCount | undefined)[]>;

const PERIOD_MS = 1_000;
const EVENTS_MAX = 10_000;

/** However many fans ask, a process counts the seats of an event once a second, and those of a list with one read. */
export function createCountAvailable({
  seatReads,
  clock,
}: Pick<Ports, 'seatReads' | 'clock'>): CountAvailable {
  return createRecentReads((eventIds) => seatReads.countAvailable(eventIds), clock, {
    periodMs: PERIOD_MS,
    keysMax: EVENTS_MAX,
  });
}
