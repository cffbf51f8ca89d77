import { type AdmissionPolicy, admissible, allowanceLeft, windowAt } from '../admission.ts';
import type { Instant } from '../../shared/instant.ts';
import { type AdmissionRate, admittedPerWindow, windowLengthMs } from './admission-rate.ts';
import { type LineAbandonment, abandonmentPerMs } from './line-abandonment.ts';
import { type NoShows, returnsPerAdmission } from './no-shows.ts';
import type { Observation } from './observation.ts';
import { type SessionEnds, freedPerMs } from './session-ends.ts';

/** How the line is expected to advance. Computed once per observation, so that an estimate costs little. */
export type WaitForecast = {
  /** How many of the line the present window still admits. */
  readonly allowance: number;
  readonly nextWindowAt: Instant;
  readonly windowMs: number;
  /** A window admits its whole batch as it opens. */
  readonly isStepped: boolean;
  /** By how many positions admissions advance the line per window: before the room is full, and afterwards. */
  readonly advance: number;
  readonly advanceWhenFull: number;
  /** Infinity where the cap on active places does not slow the line. */
  readonly windowsUntilFull: number;
  /** The hazard of a waiting place to leave the line, per window. */
  readonly abandonment: number;
  /** The variance of a wait of n windows is `v[0] + v[1] n + v[2] n² + v[3] n⁴`, in ms². */
  readonly variance: readonly [number, number, number, number];
};

/** What has been learned of a room. */
export type RoomRates = {
  readonly admissions: AdmissionRate;
  readonly abandonment: LineAbandonment;
  readonly noShows: NoShows;
  readonly sessions: SessionEnds;
};

/** Standard deviations: of the delay of a worker's tick, and of the length of a window. */
const TICK_DEVIATION_MS = 100;
const WINDOW_DEVIATION_MS = 80;
/** Relative standard deviations: of a window's advance, and of the rates over a whole wait. */
const ADVANCE_DEVIATION = 0.02;
const RATE_DEVIATION = 0.005;
const SESSIONS_DEVIATION = 0.14;
const ABANDONMENT_DEVIATION = 0.4;

export function forecastWaits(
  { asOf, window, active, policy }: Pick<Observation, 'asOf' | 'window' | 'active' | 'policy'>,
  { admissions, abandonment, noShows, sessions }: RoomRates,
): WaitForecast {
  const windowMs = windowLengthMs(admissions);
  const returns = returnsPerAdmission(noShows, policy);
  const lineShare = 1 / (1 + returns.mean);
  const admitted = admittedPerWindow(admissions);
  const full = fullRoom(policy, active, admitted, sessions, windowMs);
  const leaving = abandonmentPerMs(abandonment, policy) * windowMs;
  const rateVariance =
    returns.variance * lineShare ** 2 + (full === null ? 0 : SESSIONS_DEVIATION ** 2) + RATE_DEVIATION ** 2;
  const present = windowAt(window, policy, asOf);
  // Without a count of the seats none is left under a sellable factor.
  const allowance = admissible(allowanceLeft(present, policy, asOf), policy, active, null, asOf);
  return {
    allowance,
    nextWindowAt: (allowance > 0 ? present.openedAt : (window?.openedAt ?? asOf)) + windowMs,
    windowMs,
    isStepped: policy.shape === 'batch',
    advance: Math.max(1, admitted * lineShare),
    advanceWhenFull: Math.max(1, (full?.admitted ?? admitted) * lineShare),
    windowsUntilFull: full?.inWindows ?? Infinity,
    abandonment: leaving,
    variance: [
      TICK_DEVIATION_MS ** 2,
      WINDOW_DEVIATION_MS ** 2 + (ADVANCE_DEVIATION * windowMs) ** 2,
      rateVariance * windowMs ** 2,
      (ABANDONMENT_DEVIATION * leaving * windowMs) ** 2 / 4,
    ],
  };
}

/** How many windows it takes until the room is full, and how many a window admits from then on. */
type FullRoom = { readonly inWindows: number; readonly admitted: number };

/** Null where the cap on active places does not limit the admissions. */
function fullRoom(
  policy: AdmissionPolicy,
  active: number,
  admitted: number,
  sessions: SessionEnds,
  windowMs: number,
): FullRoom | null {
  const { maxActive, batchSize } = policy;
  if (maxActive === null) return null;
  const freedPerSlot = freedPerMs(sessions, policy, maxActive) * windowMs;
  const admittedWhenFull = freedPerSlot * maxActive;
  if (admittedWhenFull >= batchSize) return null;
  // While the room fills, the number of used slots is on average half way between now and then.
  const netAdmitted = admitted - (freedPerSlot * (active + maxActive)) / 2;
  const inWindows = Math.max(0, maxActive - active) / Math.max(1, netAdmitted);
  return { inWindows, admitted: admittedWhenFull };
}
