import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../announcements.tsx';
import { clock } from '../api.ts';
import { formatCountdown } from '../i18n/formats.ts';

/** Milliseconds until an ISO 8601 instant by the clock of the server, renewed every second; 0 afterwards. */
export function useMsUntil(instant: string): number {
  const [ms, setMs] = useState(() => clock.msUntil(instant));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const renew = () => {
      clearTimeout(timer);
      const left = clock.msUntil(instant);
      setMs(left);
      if (left > 0) timer = setTimeout(renew, left % 1000 || 1000);
    };
    renew();
    document.addEventListener('visibilitychange', renew); // a hidden page renews seldom
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, [instant]);
  return ms;
}

type CountdownProps = {
  readonly until: string;
  /** At these times before the end, a screen reader says `describe` of the time that is left. */
  readonly milestonesMs?: readonly number[];
  readonly describe?: (timeLeft: string) => string;
  readonly onEnd?: () => void;
};

const NO_MILESTONES: readonly number[] = [];

/** The time until an instant, as `m:ss`. */
export function Countdown({ until, milestonesMs = NO_MILESTONES, describe, onEnd }: CountdownProps) {
  const ms = useMsUntil(until);
  const previous = useRef(ms);
  useEffect(() => {
    const passed = milestonesMs.filter((milestone) => previous.current > milestone && ms <= milestone);
    const hasEnded = previous.current > 0 && ms === 0;
    previous.current = ms;
    if (hasEnded) onEnd?.();
    else if (passed.length > 0 && describe !== undefined) announce(describe(formatCountdown(ms)));
  }, [ms]);
  return (
    <span class="numbers" role="timer">
      {formatCountdown(ms)}
    </span>
  );
}
