import { ADMISSION_POLICY_DEFAULT, type AdmissionPolicy } from '../../src/waiting-room/admission.ts';
import type { Observation } from '../../src/waiting-room/wait-estimate/observation.ts';
import {
  type WaitEstimator,
  estimateWait,
  observe,
} from '../../src/waiting-room/wait-estimate/wait-estimate.ts';

export const POLICY: AdmissionPolicy = { ...ADMISSION_POLICY_DEFAULT, batchSize: 100 };
export const SECOND = 1_000;

/** An observation at `at` seconds of a room with a long line and nothing else, unless `facts` say otherwise. */
export function observationAt(at: number, facts: Partial<Observation> = {}): Observation {
  const window = { openedAt: at * SECOND, used: POLICY.batchSize };
  const counts = { waiting: 10_000, active: 0, parked: 0, admitted: 0, admittedFromLine: 0, left: 0 };
  return { asOf: at * SECOND, isOpen: true, policy: POLICY, window, ...counts, ...facts };
}

/** Observes `windows` windows of 10 s from `from` seconds on, each as it opens with an admission of 100. */
export function observeWindows(
  estimator: WaitEstimator,
  from: number,
  windows: number,
  facts: (index: number) => Partial<Observation>,
): WaitEstimator {
  let after = estimator;
  for (let index = 0; index < windows; index += 1) {
    const observation = { admitted: 100, admittedFromLine: 100, ...facts(index) };
    after = observe(after, observationAt(from + index * 10, observation));
  }
  return after;
}

/** The median wait as of the last observation, in seconds. */
export function medianSeconds(estimator: WaitEstimator, position: number): number {
  return estimateWait(estimator, position, estimator.last?.asOf ?? 0).medianMs / SECOND;
}
