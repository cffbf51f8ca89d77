import type { AdmissionPolicy } from '../../src/waiting-room/admission.ts';
import {
  type WaitEstimate,
  type WaitSample,
  calibrate,
  estimateWait,
  observe,
  realisedWaitMs,
  sampleWait,
  startEstimator,
} from '../../src/waiting-room/wait-estimate/wait-estimate.ts';
import type { Fan, SimulatedRoom } from './simulated-room.ts';

/** An estimate as a fan received it. */
export type GivenEstimate = WaitEstimate & {
  readonly fan: Fan;
  readonly kind: 'join' | 'poll';
  readonly at: number;
};

/** Observes the room and estimates waits, as a process does that answers polls. */
export type SimulatedTracker = {
  observe(now: number, isOpen: boolean): void;
  estimate(fan: Fan, kind: GivenEstimate['kind'], now: number): GivenEstimate;
  /** Keeps the fan's estimate until the wait is over, at most once per `SAMPLE_EVERY_MS`. */
  sample(fan: Fan, now: number): void;
};

const SAMPLE_EVERY_MS = 1_000;

export function createSimulatedTracker(
  room: SimulatedRoom,
  policy: AdmissionPolicy,
  start: number,
): SimulatedTracker {
  let estimator = startEstimator(policy, start);
  let samples: { fan: Fan; sample: WaitSample }[] = [];
  let sampledAt = start;
  return {
    observe(now, isOpen) {
      estimator = observe(estimator, room.observe(now, isOpen));
      samples = samples.filter(({ fan, sample }) => {
        if (room.isInLine(fan)) return true;
        const realisedMs = room.hasLeft(fan) ? null : realisedWaitMs(estimator, sample);
        if (realisedMs !== null) estimator = calibrate(estimator, sample, realisedMs);
        return false;
      });
    },
    estimate: (fan, kind, now) => ({
      fan,
      kind,
      at: now,
      ...estimateWait(estimator, room.positionOf(fan), now),
    }),
    sample(fan, now) {
      if (now < sampledAt + SAMPLE_EVERY_MS) return;
      sampledAt = now;
      samples.push({ fan, sample: sampleWait(estimator, room.positionOf(fan), now) });
    },
  };
}
