import type { SeatLock } from '@frontrow/application/ports/booking/seat-lock.ts';

/** Runs every attempt at once, for the strategies that decide in the database alone. */
export function createNoSeatLock(): SeatLock {
  return { hold: (_seatRequest, { attempt }) => attempt() };
}
