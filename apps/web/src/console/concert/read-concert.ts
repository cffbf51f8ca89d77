import { type Concert, answerOf, getAdminConcert } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import type { Answer } from '../data/answer.ts';

/** A concert with the version that was read, for `If-Match`. */
export type ReadConcert = { readonly concert: Concert; readonly etag: string };

export type ConcertTabProps = {
  readonly read: ReadConcert;
  readonly refresh: () => void;
};

export type ConcertDialogProps = ConcertTabProps & { readonly onClose: () => void };

export async function readConcert(concertId: string, signal: AbortSignal): Promise<Answer<ReadConcert>> {
  const answer = await answerOf(getAdminConcert({ client, signal, path: { concertId } }));
  if (!answer.ok) return answer;
  return { ok: true, data: { concert: answer.data, etag: answer.response.headers.get('ETag') ?? '*' } };
}
