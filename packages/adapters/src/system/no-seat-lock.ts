import type { SeatLock } from '@frontrow/application/ports/booking/seat-lock.ts';

/** Locks nothing, for the strategies that decide in the database alone. */
export function createNoSeatLock(): SeatLock {
  return { acquire: async () => async () => undefined };
}
