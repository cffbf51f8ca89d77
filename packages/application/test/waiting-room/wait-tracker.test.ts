import { ADMISSION_POLICY_DEFAULT, type Room } from '@frontrow/domain/waiting-room/admission.ts';
import { type RoomCounts, observationOf } from '@frontrow/domain/waiting-room/wait-estimate/observation.ts';
import { describe, expect, it } from 'vitest';
import { type OnWait, type WaitTracker, createWaitTracker } from '../../src/waiting-room/wait-tracker.ts';

const POLICY = { ...ADMISSION_POLICY_DEFAULT, batchSize: 100 };
const ROOM: Room = {
  config: { version: 1, admission: POLICY, windows: [{ reservationStartAt: 0, reservationEndAt: 1e9 }] },
  window: null,
  soldOut: false,
  restoringUntil: null,
  seatsReturned: null,
};
const COUNTS: RoomCounts = { waiting: 500, active: 0, parked: 0, admitted: 0, admittedFromLine: 0, left: 0 };

function trackWaits(): { tracker: WaitTracker; reported: Parameters<OnWait>[0][] } {
  const reported: Parameters<OnWait>[0][] = [];
  return { tracker: createWaitTracker(POLICY, 0, (wait) => reported.push(wait)), reported };
}

/** Observes the windows from 0 s to `until` s, each of which admits the next 100 sequences. */
function observeSale(tracker: WaitTracker, from: number, until: number): void {
  for (let second = from; second <= until; second += 1) {
    const admitted = second % 10 === 0 ? 100 : 0;
    const window = { openedAt: Math.floor(second / 10) * 10_000, used: 100 };
    const counts = { ...COUNTS, admitted, admittedFromLine: admitted };
    const observation = observationOf({ ...ROOM, window }, second * 1_000, counts);
    tracker.observe(observation, (Math.floor(second / 10) + 1) * 100);
  }
}

describe('a wait tracker', () => {
  it('has no estimate before an observation, in a room that is not open, and while it is restoring', () => {
    const { tracker } = trackWaits();
    expect(tracker.estimate(50)).toBeNull();
    tracker.observe(observationOf(ROOM, 1_000, COUNTS), 0);
    expect(tracker.estimate(50)).not.toBeNull();
    tracker.observe(observationOf({ ...ROOM, soldOut: true }, 2_000, COUNTS), 0);
    expect(tracker.estimate(50)).toBeNull();
    tracker.observe(observationOf({ ...ROOM, restoringUntil: 4_000 }, 3_000, COUNTS), 0);
    expect(tracker.estimate(50)).toBeNull();
    tracker.observe(observationOf({ ...ROOM, restoringUntil: 4_000 }, 4_000, COUNTS), 0);
    expect(tracker.estimate(50)).not.toBeNull();
  });

  it('reports a sampled estimate with its realised wait, once the place is admitted', () => {
    const { tracker, reported } = trackWaits();
    observeSale(tracker, 0, 5);
    const estimate = tracker.estimate(150);
    tracker.sample(250, 150);
    observeSale(tracker, 6, 19);
    expect(reported).toEqual([]);
    observeSale(tracker, 20, 40);
    // The admission was at some moment between the observations at 19 s and at 20 s.
    expect(reported).toEqual([{ ...estimate, realisedMs: 14_500 }]);
  });

  it('takes at most one sample per second, and none of a place that has left', () => {
    const { tracker, reported } = trackWaits();
    observeSale(tracker, 0, 5);
    tracker.sample(250, 150);
    tracker.sample(251, 151);
    observeSale(tracker, 6, 6);
    tracker.sample(252, 152);
    tracker.forget(250);
    observeSale(tracker, 7, 40);
    expect(reported).toHaveLength(1);
  });
});
