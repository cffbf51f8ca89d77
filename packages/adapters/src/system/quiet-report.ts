const QUIET_MS = 10_000;
const MESSAGES_MAX = 100;

/** Passes an error on unless one with the same message came within the last 10 s, as from a connection that retries. */
export function createQuietReport(report: (error: Error) => void): (error: Error) => void {
  const reportedAt = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    if (now - (reportedAt.get(error.message) ?? -Infinity) < QUIET_MS) return;
    if (reportedAt.size >= MESSAGES_MAX) reportedAt.clear();
    reportedAt.set(error.message, now);
    report(error);
  };
}
