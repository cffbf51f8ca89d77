import type { AdmissionPolicy } from '../admission.ts';
import type { Interval } from './observation.ts';

/** How many left the line and how long all waited in it, in person-ms: exponentially weighted sums. */
export type LineAbandonment = { readonly left: number; readonly waitedMs: number };

export const NO_ABANDONMENT: LineAbandonment = { left: 0, waitedMs: 0 };

const MEMORY_MS = 300_000;
/** The prior: one batch has waited this long and nobody has left. */
const PRIOR_WAIT_MS = 1_800_000;

export function observeAbandonment({ left, waitedMs }: LineAbandonment, interval: Interval): LineAbandonment {
  const { openMs } = interval;
  const decay = Math.exp(-openMs / MEMORY_MS);
  return {
    left: (left + (openMs > 0 ? interval.left : 0)) * decay,
    waitedMs: (waitedMs + interval.waiting * openMs) * decay,
  };
}

/** The hazard of a waiting place to leave the line, per ms. */
export function abandonmentPerMs(
  { left, waitedMs }: LineAbandonment,
  { batchSize }: AdmissionPolicy,
): number {
  return left / (waitedMs + batchSize * PRIOR_WAIT_MS);
}
