import { answerOf, getConcert } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import { read } from '../../shared/connection/send.ts';
import { useAnswer } from '../../shared/use-answer.ts';
import { useRefresh } from '../../shared/use-refresh.ts';

/** Seldom, because a crowd behind one address shares a limit of requests. */
const REFRESH_MS = 30_000;

/** A concert, read again while the page is seen, because its organiser may stop the sales of all its dates. */
export function useConcert(concertId: string) {
  const concert = useAnswer(
    (signal) => read(() => answerOf(getConcert({ client, signal, path: { concertId } })), signal),
    [concertId],
  );
  useRefresh(concert.refresh, REFRESH_MS);
  return concert;
}
