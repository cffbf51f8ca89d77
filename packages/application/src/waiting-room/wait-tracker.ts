import type { AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Observation } from '@frontrow/domain/waiting-room/wait-estimate/observation.ts';
import {
  type EstimateError,
  type RealisedWait,
  estimateErrorOf,
} from '@frontrow/domain/waiting-room/wait-estimate/estimate-error.ts';
import { type LineAdvance, lineAdvance } from '@frontrow/domain/waiting-room/wait-estimate/line-advance.ts';
import { type WaitMark, markWaits } from '@frontrow/domain/waiting-room/wait-estimate/wait-marks.ts';
import {
  type WaitEstimate,
  type WaitSample,
  calibrate,
  estimateWait,
  estimateWaitUpTo,
  observe,
  realisedWaitMs,
  sampleWait,
  startEstimator,
} from '@frontrow/domain/waiting-room/wait-estimate/wait-estimate.ts';

export type OnWait = (wait: RealisedWait) => void;

/** Estimates the waits of one room, and calibrates by comparing a sample of its estimates with the realised waits. */
export type WaitTracker = {
  /** `watermark` is the highest sequence admitted so far. */
  observe(observation: Observation, watermark: number): void;
  /** Null while the room does not admit. `position` is 1 for the next in line. */
  estimate(position: number): WaitEstimate | null;
  /** The estimates of a line of this length. Empty while the room does not admit. */
  marks(length: number): readonly WaitMark[];
  /** Null while the room does not admit. */
  advance(): LineAdvance | null;
  /** Keeps the estimate of this place until its wait is over, at most once per `SAMPLE_EVERY_MS`. */
  sample(sequence: number, position: number): void;
  /** Of the last `REALISED_KEPT_MAX` samples whose wait is over. Null before the first. */
  error(): EstimateError | null;
  /** Drops the sample of a place that has left the line: its wait is not known. */
  forget(sequence: number): void;
};

const SAMPLE_EVERY_MS = 1_000;
const SAMPLES_MAX = 2_000;
const REALISED_KEPT_MAX = 100;

export function createWaitTracker(policy: AdmissionPolicy, startAt: Instant, onWait: OnWait): WaitTracker {
  let estimator = startEstimator(policy, startAt);
  let asOf = startAt;
  let isOpen = false;
  let sampledAt = -Infinity;
  const samples = new Map<number, WaitSample>();
  let realised: readonly RealisedWait[] = [];

  function compareWithRealised(watermark: number): void {
    for (const [sequence, sample] of samples) {
      if (sequence > watermark) continue;
      samples.delete(sequence);
      const realisedMs = realisedWaitMs(estimator, sample);
      if (realisedMs === null) continue;
      estimator = calibrate(estimator, sample, realisedMs);
      const wait = { medianMs: sample.medianMs, p90Ms: sample.p90Ms, realisedMs };
      realised = [...realised, wait].slice(-REALISED_KEPT_MAX);
      onWait(wait);
    }
  }

  return {
    observe(observation, watermark) {
      ({ asOf, isOpen } = observation);
      estimator = observe(estimator, observation);
      compareWithRealised(watermark);
    },
    estimate: (position) => (isOpen ? estimateWait(estimator, position, asOf) : null),
    marks: (length) =>
      isOpen ? markWaits((position) => estimateWaitUpTo(estimator, position, asOf), length) : [],
    advance: () => (isOpen ? lineAdvance(estimator.forecast) : null),
    sample(sequence, position) {
      if (!isOpen || asOf < sampledAt + SAMPLE_EVERY_MS || samples.size >= SAMPLES_MAX) return;
      sampledAt = asOf;
      samples.set(sequence, sampleWait(estimator, position, asOf));
    },
    error: () => estimateErrorOf(realised),
    forget: (sequence) => void samples.delete(sequence),
  };
}
