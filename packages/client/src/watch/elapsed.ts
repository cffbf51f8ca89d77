/** Returns how many ms have passed since this call. A device may stop its monotonic clock while it sleeps, so both count. */
export function startTimer(): () => number {
  const [startedAt, deviceStartedAt] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - startedAt, Date.now() - deviceStartedAt);
}
