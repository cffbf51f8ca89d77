import type { AdmissionPolicy } from '../admission.ts';
import type { Interval } from './observation.ts';

/** Admissions per window: exponentially weighted sums over complete windows. Pauses and an empty line do not count. */
export type AdmissionRate = {
  readonly admitted: number;
  readonly windows: number;
  readonly openMs: number;
  readonly current: CurrentWindow;
};

type CurrentWindow = {
  readonly admitted: number;
  readonly openMs: number;
  /** The room was open, and the line not empty, ever since the window opened. */
  readonly isComplete: boolean;
};

const INCOMPLETE: CurrentWindow = { admitted: 0, openMs: 0, isComplete: false };
/** From one window to the next, the sums fall to this share: the newest window has the rest of the weight. */
const DECAY = 0.85;

/** One window as the policy plans it, before any has been observed. */
export function plannedRate({ batchSize, intervalMs }: AdmissionPolicy): AdmissionRate {
  return { admitted: batchSize, windows: 1, openMs: intervalMs, current: INCOMPLETE };
}

/** The mean of admissions per window, returned places included. */
export function admittedPerWindow({ admitted, windows }: AdmissionRate): number {
  return admitted / windows;
}

/** The mean length of a window: the policy's interval, and the time until a worker's next tick. */
export function windowLengthMs({ openMs, windows }: AdmissionRate): number {
  return openMs / windows;
}

export function observeAdmissions(rate: AdmissionRate, interval: Interval): AdmissionRate {
  const { window, before, openMs, isOpen, waiting, admitted } = interval;
  const isComplete = before.isOpen && isOpen && waiting > 0;
  if (window !== null && window.openedAt !== before.window?.openedAt) {
    const closed = isComplete && rate.current.isComplete ? closeWindow(rate) : rate;
    return { ...closed, current: { admitted, openMs, isComplete } };
  }
  const { current } = rate;
  return {
    ...rate,
    current: {
      admitted: current.admitted + admitted,
      openMs: current.openMs + openMs,
      isComplete: current.isComplete && isComplete,
    },
  };
}

/** Adds the current window to the sums. It counts as several when nobody polled between their openings. */
function closeWindow(rate: AdmissionRate): AdmissionRate {
  const { current } = rate;
  const count = Math.max(1, Math.round(current.openMs / windowLengthMs(rate)));
  const decay = DECAY ** count;
  return {
    admitted: rate.admitted * decay + current.admitted,
    windows: rate.windows * decay + count,
    openMs: rate.openMs * decay + current.openMs,
    current,
  };
}
