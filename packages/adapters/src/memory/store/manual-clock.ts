import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';

/** Stands still until it is told to go on. */
export type ManualClock = Clock & { advance(ms: number): void };

export function createManualClock(startAt: Instant): ManualClock {
  let now = startAt;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}
