import {
  type AdmissionPolicy,
  type AdmissionWindow,
  admissible,
  allowanceLeft,
  windowAt,
} from '../admission.ts';
import type { Instant } from '../../shared/instant.ts';
import { type PaceCrowd, leavingPerMs, returnsPerAdmitted } from './pace-crowd.ts';
import { type PaceSessions, endingPerMs } from './pace-sessions.ts';
import { type PaceWindows, WINDOW_WEIGHT } from './pace-windows.ts';

/** What is to be expected from now on, worked out once per snapshot of the room, so that a poll has little to do. */
export type WaitOutlook = {
  /** How many in line the present window still has room for. */
  readonly spare: number;
  readonly nextOpensAt: Instant;
  readonly windowMs: number;
  /** The whole window's advance comes as it opens. */
  readonly isStepped: boolean;
  /** How far the line advances in a window, until the room is full up to its cap, and from then on. */
  readonly advance: number;
  readonly advanceWhenFull: number;
  readonly windowsUntilFull: number;
  /** The chance of one who stands in line to leave it, per window. */
  readonly leaving: number;
  /** The variance of a wait of n windows is `noise[0] + noise[1] n + noise[2] n² + noise[3] n⁴`, in ms². */
  readonly noise: readonly [number, number, number, number];
};

/** A wait as it comes out of the outlook, before calibration. */
export type RawWait = { readonly windows: number; readonly centreMs: number; readonly spreadMs: number };

/** Of a rate, relative to itself, whatever is known of it: crowds change. */
const RATE_DEVIATION = 0.005;
/** Of the chance to leave, relative to itself: those who have stood long leave less, those at the back more. */
const LEAVING_DEVIATION = 0.4;
/** Workers look every 200 ms whether somebody can be admitted. */
const NOTICE_DEVIATION_MS = 100;
/** An exponentially weighted mean of independent values has this share of their variance. */
const MEAN_SHARE = WINDOW_WEIGHT / (2 - WINDOW_WEIGHT);

export type OutlookFacts = {
  readonly asOf: Instant;
  readonly window: AdmissionWindow | null;
  readonly active: number;
  readonly policy: AdmissionPolicy;
};

export function outlookOf(
  { asOf, window, active, policy }: OutlookFacts,
  windows: PaceWindows,
  crowd: PaceCrowd,
  sessions: PaceSessions,
): WaitOutlook {
  const { maxActive } = policy;
  const windowMs = windows.lengthMs;
  const returns = returnsPerAdmitted(crowd, policy);
  const fromLine = 1 / (1 + returns.mean);
  const advance = Math.max(1, windows.admitted * fromLine);
  let advanceWhenFull = advance;
  let windowsUntilFull = Infinity;
  let sessionDeviation = 0;
  if (maxActive !== null) {
    const ending = endingPerMs(sessions, policy, maxActive);
    const endingPerWindow = ending.rate * windowMs;
    if (endingPerWindow * maxActive < windows.admitted) {
      // While the room fills, the places given up grow with those taken: on average those of half way.
      const filling = windows.admitted - (endingPerWindow * (active + maxActive)) / 2;
      windowsUntilFull = Math.max(0, maxActive - active) / Math.max(1, filling);
      advanceWhenFull = Math.max(1, endingPerWindow * maxActive * fromLine);
      sessionDeviation = ending.deviation;
    }
  }
  const unevenness = windows.advanceVariance / advanceWhenFull ** 2;
  const rateVariance =
    returns.variance * fromLine ** 2 + sessionDeviation ** 2 + unevenness * MEAN_SHARE + RATE_DEVIATION ** 2;
  const leaving = leavingPerMs(crowd, policy) * windowMs;
  const present = windowAt(window, policy, asOf);
  // Without a count of the seats none is left over under a sellable factor.
  const spare = admissible(allowanceLeft(present, policy, asOf), policy, active, null, asOf);
  return {
    spare,
    nextOpensAt: (spare > 0 ? present.openedAt : (window?.openedAt ?? asOf)) + windowMs,
    windowMs,
    isStepped: windows.lateShare < 0.5,
    advance,
    advanceWhenFull,
    windowsUntilFull,
    leaving,
    noise: [
      NOTICE_DEVIATION_MS ** 2,
      windows.lengthVariance + unevenness * windowMs ** 2,
      rateVariance * windowMs ** 2,
      (LEAVING_DEVIATION * leaving * windowMs) ** 2 / 4,
    ],
  };
}

/**
 * Position x falls by the advance a per window, and by those who leave among the people ahead: dx/dn = -a - h x, which
 * reaches 0 after n = ln(1 + h x / a) / h windows. The number of windows that a line needs for x positions is, for a
 * window's advance of mean a and variance s², about normal with variance n s²/a² (the renewal count's central limit
 * theorem: W. Feller, "An Introduction to Probability Theory and Its Applications", vol. II, XI.5); that a itself is
 * known only to a relative deviation d adds (n d)², and h to a relative deviation e about (n² h e / 2)².
 */
export function rawWait(outlook: WaitOutlook, position: number, now: Instant): RawWait {
  const { noise, windowMs, windowsUntilFull, nextOpensAt, spare } = outlook;
  const early = windowsFor(position - spare, outlook.advance, outlook.leaving);
  const isEarly = early <= windowsUntilFull;
  const windows = isEarly ? early : windowsUntilFull + windowsWhenFull(outlook, position - spare);
  const centreMs =
    windows > 0 && isEarly && outlook.isStepped
      ? Math.max(0, nextOpensAt - now) + (Math.ceil(windows) - 1) * windowMs
      : windows * windowMs;
  const square = windows * windows;
  const variance = noise[0] + noise[1] * windows + (noise[2] + noise[3] * square) * square;
  return { windows, centreMs, spreadMs: Math.sqrt(variance) };
}

function windowsWhenFull(
  { advance, advanceWhenFull, windowsUntilFull, leaving }: WaitOutlook,
  x: number,
): number {
  const shrink = Math.exp(-leaving * windowsUntilFull);
  const advanced = leaving > 1e-9 ? (advance * (1 - shrink)) / leaving : advance * windowsUntilFull;
  return windowsFor(x * shrink - advanced, advanceWhenFull, leaving);
}

function windowsFor(positions: number, advance: number, leaving: number): number {
  const windows = Math.max(0, positions) / advance;
  return leaving * windows > 1e-6 ? Math.log1p(leaving * windows) / leaving : windows;
}
