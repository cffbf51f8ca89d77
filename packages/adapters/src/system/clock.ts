import type { Clock } from '@frontrow/application/ports/clock.ts';

export function createSystemClock(): Clock {
  return { now: () => Date.now() };
}
