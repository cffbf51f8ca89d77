import { useEffect, useState } from 'preact/hooks';

/** The present of `clock` in ms, read again every second; for countdowns. */
export function useNow(clock: { now(): number } = Date): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    setNow(clock.now());
    const timer = setInterval(() => setNow(clock.now()), 1000);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}
