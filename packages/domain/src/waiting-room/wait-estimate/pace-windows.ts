import type { AdmissionPolicy } from '../admission.ts';
import type { Instant } from '../../shared/instant.ts';

/** What the admission windows have been seen to do. Means and variances are exponentially weighted, per window. */
export type PaceWindows = {
  /** How many a window admits, the returned included. */
  readonly admitted: number;
  /** How unevenly the line advances from window to window, in positions². */
  readonly advanceVariance: number;
  /** From one opening to the next: the interval, and what it takes a worker to notice that it is over. */
  readonly lengthMs: number;
  readonly lengthVariance: number;
  /** The share of the advance that does not come at once as a window opens, 0 to 1. */
  readonly lateShare: number;
  readonly counted: number;
  readonly lastAdvance: number | null;
  readonly current: CurrentWindow | null;
};

type CurrentWindow = {
  readonly openedAt: Instant;
  readonly admitted: number;
  readonly advance: number;
  readonly late: number;
  /** Seen from its opening on, with the room open and somebody in line all the time: it tells the room's pace. */
  readonly isWhole: boolean;
};

export type WindowNews = {
  readonly openedAt: Instant | null;
  readonly admitted: number;
  readonly advance: number;
  readonly isTelling: boolean;
};

/** The weight of the newest window: a changed rate is followed within a few windows. */
export const WINDOW_WEIGHT = 0.15;

export function windowsOf({ batchSize, intervalMs, shape }: AdmissionPolicy): PaceWindows {
  return {
    admitted: batchSize,
    advanceVariance: (0.02 * batchSize) ** 2,
    lengthMs: intervalMs,
    lengthVariance: 80 ** 2,
    lateShare: shape === 'smooth' ? 1 : 0,
    counted: 0,
    lastAdvance: null,
    current: null,
  };
}

/** Policies that differ in nothing that the windows' rate depends on. */
export function hasSameRate(a: AdmissionPolicy, b: AdmissionPolicy): boolean {
  return (
    a.batchSize === b.batchSize &&
    a.intervalMs === b.intervalMs &&
    a.shape === b.shape &&
    a.maxActive === b.maxActive &&
    a.sellableFactor === b.sellableFactor
  );
}

/** Whatever was being measured is no measure any more, as after a pause. */
export function interrupt(windows: PaceWindows): PaceWindows {
  const { current } = windows;
  return { ...windows, lastAdvance: null, current: current === null ? null : { ...current, isWhole: false } };
}

export function observeWindows(windows: PaceWindows, news: WindowNews): PaceWindows {
  const { openedAt, admitted, advance, isTelling } = news;
  const { current } = windows;
  if (openedAt === null) return windows;
  if (current === null || current.openedAt !== openedAt) {
    const count = current === null ? 1 : countWindows(windows, openedAt - current.openedAt);
    // Windows between the two that nobody pictured, because nobody polled, share what is new with the present one.
    const present = { admitted: admitted / count, advance: advance / count };
    const unseen = { admitted: admitted - present.admitted, advance: advance - present.advance };
    const closed = current === null ? windows : closeWindow(windows, current, unseen, openedAt);
    return { ...closed, current: { openedAt, ...present, late: 0, isWhole: isTelling } };
  }
  return {
    ...windows,
    current: {
      openedAt,
      admitted: current.admitted + admitted,
      advance: current.advance + advance,
      late: current.late + advance,
      isWhole: current.isWhole && isTelling,
    },
  };
}

function countWindows({ lengthMs }: PaceWindows, elapsedMs: number): number {
  return Math.max(1, Math.round(elapsedMs / lengthMs));
}

function closeWindow(
  windows: PaceWindows,
  current: CurrentWindow,
  unseen: Pick<CurrentWindow, 'admitted' | 'advance'>,
  nextOpenedAt: Instant,
): PaceWindows {
  if (!current.isWhole) return windows;
  const lengthMs = nextOpenedAt - current.openedAt;
  const count = countWindows(windows, lengthMs);
  const advance = (current.advance + unseen.advance) / count;
  const admitted = (current.admitted + unseen.admitted) / count;
  const weight = Math.max(WINDOW_WEIGHT, 1 / (windows.counted + 2));
  const lengthError = count === 1 ? lengthMs - windows.lengthMs : 0;
  const lateShare = current.advance === 0 ? windows.lateShare : current.late / current.advance;
  // Half the mean square of successive differences estimates a variance without being misled by a drifting mean
  // (J. von Neumann et al., "The mean square successive difference", 1941).
  const halfSquare = windows.lastAdvance === null ? null : (advance - windows.lastAdvance) ** 2 / 2;
  return {
    ...windows,
    admitted: windows.admitted + weight * (admitted - windows.admitted),
    advanceVariance:
      halfSquare === null
        ? windows.advanceVariance
        : windows.advanceVariance + weight * (halfSquare - windows.advanceVariance),
    lengthMs: windows.lengthMs + weight * lengthError,
    lengthVariance: windows.lengthVariance + weight * (lengthError ** 2 - windows.lengthVariance),
    lateShare: windows.lateShare + weight * (lateShare - windows.lateShare),
    counted: windows.counted + 1,
    lastAdvance: advance,
  };
}
