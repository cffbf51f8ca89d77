import type { AdmissionPolicy, AdmissionWindow } from '../admission.ts';
import type { Instant } from '../../shared/instant.ts';
import { CROWD_START, type PaceCrowd, observeCrowd } from './pace-crowd.ts';
import { type PaceSessions, SESSIONS_START, observeSessions } from './pace-sessions.ts';
import { type PaceWindows, hasSameRate, interrupt, observeWindows, windowsOf } from './pace-windows.ts';
import { CALIBRATION_START, type WaitCalibration, correctionAt, learnError } from './wait-calibration.ts';
import { type RawWait, type WaitOutlook, outlookOf, rawWait } from './wait-outlook.ts';

/** What a snapshot of the room shows, and what has happened since the snapshot before it. */
export type Observation = {
  /** The room's clock. */
  readonly asOf: Instant;
  /** Somebody could be admitted, if there was room: the room is OPEN and nothing is being restored. */
  readonly isOpen: boolean;
  readonly policy: AdmissionPolicy;
  readonly window: AdmissionWindow | null;
  /** How many stand in line, hold a place inside (claimed or not), and have missed their admission. */
  readonly waiting: number;
  readonly active: number;
  readonly parked: number;
  /** Since the snapshot before: how many were admitted in all, of these from the line, and how many left the line. */
  readonly admitted: number;
  readonly admittedFromLine: number;
  readonly left: number;
};

type Seen = Observation & { readonly since: Instant };

/** The pace of one waiting room as one process has seen it. */
export type Pace = {
  /** The last snapshot, and the moment of the first. */
  readonly seen: Seen | null;
  /** How long the room has been open while it was seen: a wait is measured without its pauses. */
  readonly openMs: number;
  /** Half the time since the snapshot before: what happened in between happened so long ago, more or less. */
  readonly lagMs: number;
  /** Grows as the policy's rate changes: no wait that spans a change says anything about the estimate. */
  readonly era: number;
  readonly windows: PaceWindows;
  readonly crowd: PaceCrowd;
  readonly sessions: PaceSessions;
  readonly calibration: WaitCalibration;
  readonly outlook: WaitOutlook;
};

export type WaitEstimate = { readonly medianMs: number; readonly p90Ms: number };

/** A prediction kept until it can be compared with the wait. */
export type WaitSample = RawWait & WaitEstimate & { readonly era: number; readonly openMs: number };

/** The pace at the policy's own rate, before anything was seen. */
export function paceOf(policy: AdmissionPolicy, now: Instant): Pace {
  const windows = windowsOf(policy);
  const facts = { asOf: now, window: null, active: 0, policy };
  return {
    seen: null,
    openMs: 0,
    lagMs: 0,
    era: 0,
    windows,
    crowd: CROWD_START,
    sessions: SESSIONS_START,
    calibration: CALIBRATION_START,
    outlook: outlookOf(facts, windows, CROWD_START, SESSIONS_START),
  };
}

/** Takes in a snapshot of the room. Nothing is learned of the pace from time in which the room was not open. */
export function observe(pace: Pace, news: Observation): Pace {
  const { seen } = pace;
  if (seen === null) return seeFirst(pace, news);
  const { asOf, policy, active, parked } = news;
  const elapsedMs = Math.max(0, asOf - seen.asOf);
  const isOpen = seen.isOpen && news.isOpen;
  const isRateChanged = !hasSameRate(seen.policy, policy);
  let windows = isRateChanged ? { ...windowsOf(policy), current: pace.windows.current } : pace.windows;
  if (!isOpen || isRateChanged) windows = interrupt(windows);
  windows = observeWindows(windows, {
    openedAt: news.window?.openedAt ?? null,
    admitted: news.admitted,
    advance: news.admittedFromLine,
    isTelling: isOpen && !isRateChanged && news.waiting > 0,
  });
  const parkedMore = parked - seen.parked;
  const sawOffers = asOf - policy.claimTtlMs >= seen.since;
  const crowd = observeCrowd(pace.crowd, { ...news, elapsedMs, isOpen, parkedMore, sawOffers }, policy);
  const ended = news.admitted - (active - seen.active);
  const sessions = isOpen
    ? observeSessions(pace.sessions, { ended, active: seen.active, elapsedMs }, policy)
    : pace.sessions;
  return {
    seen: { ...news, since: seen.since },
    openMs: pace.openMs + (isOpen ? elapsedMs : 0),
    lagMs: elapsedMs / 2,
    era: pace.era + (isRateChanged ? 1 : 0),
    windows,
    crowd,
    sessions,
    calibration: pace.calibration,
    outlook: outlookOf(news, windows, crowd, sessions),
  };
}

/** What happened before the first snapshot is not known to this process. */
function seeFirst(pace: Pace, news: Observation): Pace {
  const unseen = { openedAt: news.window?.openedAt ?? null, admitted: 0, advance: 0, isTelling: false };
  const windows = observeWindows(windowsOf(news.policy), unseen);
  const crowd = { ...pace.crowd, away: news.parked };
  const seen = { ...news, since: news.asOf };
  return { ...pace, seen, windows, crowd, outlook: outlookOf(news, windows, crowd, pace.sessions) };
}

/** Workers take up to this long to notice that somebody can be admitted. */
const NOTICE_MS = 200;

/**
 * The wait of `position` (1 for the next in line) from `now`, while the room is open: half of the waits are shorter than
 * the median, nine in ten at most the p90, which is at most twice the median.
 */
export function estimateWait(pace: Pace, position: number, now: Instant): WaitEstimate {
  return calibrated(pace, rawWait(pace.outlook, position, now));
}

function calibrated({ calibration }: Pace, { windows, centreMs, spreadMs }: RawWait): WaitEstimate {
  const { half, nine } = correctionAt(calibration, windows);
  const medianMs = Math.max(NOTICE_MS, centreMs + half * spreadMs);
  return { medianMs, p90Ms: Math.min(2 * medianMs, Math.max(medianMs, centreMs + nine * spreadMs)) };
}

/** What to keep of an estimate until the line has passed the one it was made for. */
export function sampleWait(pace: Pace, position: number, now: Instant): WaitSample {
  const raw = rawWait(pace.outlook, position, now);
  const openMs = pace.openMs + now - (pace.seen?.asOf ?? now);
  return { ...raw, ...calibrated(pace, raw), era: pace.era, openMs };
}

/**
 * How long the sample's wait was, pauses left out, told by the first snapshot in which the line has passed it. Null when
 * the policy's rate has changed meanwhile.
 */
export function realisedWaitMs({ era, openMs, lagMs }: Pace, sample: WaitSample): number | null {
  return sample.era === era ? Math.max(0, openMs - lagMs - sample.openMs) : null;
}

/** Learns from a wait that ended in admission; those of fans who left are not for here. */
export function calibrate(pace: Pace, sample: WaitSample, realisedMs: number): Pace {
  const error = (realisedMs - sample.centreMs) / sample.spreadMs;
  return { ...pace, calibration: learnError(pace.calibration, sample.windows, error) };
}
