import type { AdmissionPolicy } from '../admission.ts';
import type { Interval } from './observation.ts';

/** How many slots were freed and how long slots were in use, in slot-ms: exponentially weighted sums. */
export type SessionEnds = {
  readonly freed: number;
  readonly usedMs: number;
  /** Slots freed so far, as a multiple of `maxActive`. */
  readonly turnover: number;
};

export const NO_SESSION_ENDS: SessionEnds = { freed: 0, usedMs: 0, turnover: 0 };

const MEMORY_TURNOVERS = 0.5;
/** The prior: all slots were observed for this long, and a slot is in use for this share of the longest session. */
const PRIOR_OBSERVED_MS = 60_000;
const PRIOR_SESSION_SHARE = 0.2;

/** Only a cap on the active places makes the admissions depend on freed slots; without one nothing is learned. */
export function observeSessions(sessions: SessionEnds, interval: Interval): SessionEnds {
  const { policy, before, active, admitted, openMs } = interval;
  if (policy.maxActive === null || openMs === 0) return sessions;
  const freed = Math.max(0, admitted - (active - before.active));
  const decay = Math.exp(-freed / (MEMORY_TURNOVERS * policy.maxActive));
  return {
    freed: (sessions.freed + freed) * decay,
    usedMs: (sessions.usedMs + before.active * openMs) * decay,
    turnover: sessions.turnover + freed / policy.maxActive,
  };
}

/** The hazard of a used slot to be freed, per ms. The prior's weight falls as the slots turn over. */
export function freedPerMs(
  { freed, usedMs, turnover }: SessionEnds,
  { sessionTtlMs, claimTtlMs }: AdmissionPolicy,
  maxActive: number,
): number {
  const priorMs = maxActive * PRIOR_OBSERVED_MS * Math.exp(-2 * turnover);
  const rate = (freed + priorMs / (PRIOR_SESSION_SHARE * sessionTtlMs)) / (usedMs + priorMs);
  return Math.max(rate, 1 / (sessionTtlMs + claimTtlMs));
}
