import type { AdmissionPolicy } from '../admission.ts';

/** How fast the active make room for others, which is what sets the pace under a cap. Old news fades. */
export type PaceSessions = {
  readonly ended: number;
  /** For how long places were taken, in person-ms. */
  readonly takenMs: number;
  /** How many times over the capped places have been given up so far. */
  readonly turnover: number;
};

export const SESSIONS_START: PaceSessions = { ended: 0, takenMs: 0, turnover: 0 };

/** The news of this many turnovers count. */
const MEMORY_TURNOVERS = 0.5;

export function observeSessions(
  sessions: PaceSessions,
  news: { readonly ended: number; readonly active: number; readonly elapsedMs: number },
  { maxActive }: AdmissionPolicy,
): PaceSessions {
  if (maxActive === null) return sessions;
  const ended = Math.max(0, news.ended);
  const fades = Math.exp(-ended / (MEMORY_TURNOVERS * maxActive));
  return {
    ended: (sessions.ended + ended) * fades,
    takenMs: (sessions.takenMs + news.active * news.elapsedMs) * fades,
    turnover: sessions.turnover + ended / maxActive,
  };
}

/** Before anything is known: a place is taken for this share of the longest session. */
const STAY_SHARE = 0.2;
/** As if at first all places had been watched for this long. What that says fades as the places turn over. */
const WATCHED_MS = 60_000;
const DEVIATION_START = 0.25;
/** What remains uncertain however much was seen: people take longer as the good seats go. */
const DEVIATION_LASTING = 0.08;

/** The chance of an active fan to make room, per ms, and how uncertain that is, relative to itself. */
export function endingPerMs(
  { ended, takenMs, turnover }: PaceSessions,
  { sessionTtlMs, claimTtlMs }: AdmissionPolicy,
  maxActive: number,
): { readonly rate: number; readonly deviation: number } {
  const priorMs = maxActive * WATCHED_MS * Math.exp(-2 * turnover);
  const rate = (ended + priorMs / (STAY_SHARE * sessionTtlMs)) / (takenMs + priorMs);
  return {
    rate: Math.max(rate, 1 / (sessionTtlMs + claimTtlMs)),
    deviation: DEVIATION_LASTING + DEVIATION_START / (1 + 3 * turnover),
  };
}
