import type { SeatLock } from '@frontrow/application/ports/booking/seat-lock.ts';

/** For the strategies that decide in the database alone. */
export function createNoSeatLock(): SeatLock {
  return { hold: (_wish, { attempt }) => attempt() };
}
