import type { SeatLock } from '@frontrow/application/ports/seat-lock.ts';

/** Runs the work at once: transactions come one after the other anyway. */
export function createMemorySeatLock(): SeatLock {
  return { hold: (_eventId, _seatNumbers, work) => work() };
}
