import { useAnswer } from '../../shared/use-answer.ts';
import { useRefresh } from '../../shared/use-refresh.ts';
import { readDates } from './read-dates.ts';

const REFRESH_MS = 10_000;

/** The dates of a concert, `pages` pages of them, read again while the page is seen. */
export function useDates(concertId: string, pages: number) {
  const dates = useAnswer((signal) => readDates(concertId, pages, signal), [concertId, pages]);
  useRefresh(dates.refresh, REFRESH_MS);
  return dates;
}
