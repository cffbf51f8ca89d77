import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';

/** A clock that moves only when it is advanced. */
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
