import { ADMISSION_POLICY_DEFAULT, type AdmissionPolicy } from '../../src/waiting-room/admission.ts';
import {
  type Observation,
  type Pace,
  estimateWait,
  observe,
} from '../../src/waiting-room/wait-estimate/wait-estimate.ts';

export const POLICY: AdmissionPolicy = { ...ADMISSION_POLICY_DEFAULT, batchSize: 100 };
export const SECOND = 1_000;

/** A snapshot with nothing in it but a long line; `at` is in seconds. */
export function snapshot(at: number, news: Partial<Observation> = {}): Observation {
  const window = { openedAt: at * SECOND, used: POLICY.batchSize };
  const counts = { waiting: 10_000, active: 0, parked: 0, admitted: 0, admittedFromLine: 0, left: 0 };
  return { asOf: at * SECOND, isOpen: true, policy: POLICY, window, ...counts, ...news };
}

/** Snapshots of one window after the other, each taken as the window opens. */
export function follow(
  pace: Pace,
  from: number,
  windows: number,
  news: (index: number) => Partial<Observation>,
): Pace {
  let after = pace;
  for (let index = 0; index < windows; index += 1) {
    after = observe(
      after,
      snapshot(from + index * 10, { admitted: 100, admittedFromLine: 100, ...news(index) }),
    );
  }
  return after;
}

/** The median wait as of the last snapshot. */
export function medianSeconds(pace: Pace, position: number): number {
  return estimateWait(pace, position, pace.seen?.asOf ?? 0).medianMs / SECOND;
}
