import { useEffect } from 'preact/hooks';
import { useAnswer } from '../../shared/use-answer.ts';
import { readDates } from './read-dates.ts';

const REFRESH_MS = 10_000;

/** The dates of a concert, `pages` pages of them, read again while the page is seen. */
export function useDates(concertId: string, pages: number) {
  const dates = useAnswer((signal) => readDates(concertId, pages, signal), [concertId, pages]);
  useEffect(() => {
    const refresh = () => {
      if (!document.hidden) dates.reload();
    };
    const timer = setInterval(refresh, REFRESH_MS);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, []);
  return dates;
}
