import type { EventId } from '@frontrow/domain/ids.ts';

/** Keeps those who will lose away from the database. Nothing depends on it: every guarantee stands in the rows. */
export type SeatLock = {
  /** Runs `work` while it alone holds the seats, or, where the strategy uses no lock, at once. */
  hold<T>(eventId: EventId, seatNumbers: readonly number[], work: () => Promise<T>): Promise<T>;
};
