import type { Clock } from '@frontrow/application/ports/shared/clock.ts';

export function createSystemClock(): Clock {
  return { now: () => Date.now() };
}
