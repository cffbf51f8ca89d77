import { LRUCache } from 'lru-cache';

const QUIET_MS = 10_000;
const KINDS_MAX = 100;

export type Report = (error: unknown, about: string) => void;

/** Passes an error on unless it passed the same message about the same subject less than 10 s ago. */
export function createThrottledReport(report: Report): Report {
  const reportedAt = new LRUCache<string, number>({ max: KINDS_MAX });
  return (error, about) => {
    const kind = `${about}: ${error instanceof Error ? error.message : String(error)}`;
    const now = performance.now();
    if (now - (reportedAt.get(kind) ?? -Infinity) < QUIET_MS) return;
    reportedAt.set(kind, now);
    report(error, about);
  };
}
