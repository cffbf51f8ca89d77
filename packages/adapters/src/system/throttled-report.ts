const QUIET_MS = 10_000;
const KINDS_MAX = 100;

export type Report = (error: unknown, about: string) => void;

/** Passes an error on unless the same about the same came within the last 10 s, as from whatever tries again and again. */
export function createThrottledReport(report: Report): Report {
  const reportedAt = new Map<string, number>();
  return (error, about) => {
    const kind = `${about}: ${error instanceof Error ? error.message : String(error)}`;
    const now = performance.now();
    if (now - (reportedAt.get(kind) ?? -Infinity) < QUIET_MS) return;
    if (reportedAt.size >= KINDS_MAX) reportedAt.clear();
    reportedAt.set(kind, now);
    report(error, about);
  };
}
