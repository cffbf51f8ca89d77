import type { EventId } from '@frontrow/domain/shared/ids.ts';

/** Keeps contended requests away from the database. No guarantee depends on it: the rows enforce every guarantee. */
export type SeatLock = {
  /**
   * Waits until no earlier request of any process holds a lock on one of the seats, or until it has waited long enough.
   * Returns the function that releases the lock, which the caller must call once.
   */
  acquire(eventId: EventId, seatNumbers: readonly number[]): Promise<() => Promise<void>>;
};
