import { type Concert, type ConcertPatch, answerOf, editConcert, getAdminConcert } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import type { Answer } from '../data/answer.ts';
import { send } from '../data/send.ts';
import type { ReadConcert } from './read-concert.ts';

/**
 * Changes the version of the concert that was read. An edit whose answer was lost is refused when it is repeated: it is
 * recognised by its effect, and not taken for the change of somebody else.
 */
export async function sendEdit(
  { concert, etag }: ReadConcert,
  changes: ConcertPatch,
): Promise<Answer<Concert>> {
  const path = { concertId: concert.id };
  const headers = { 'if-match': etag };
  const answer = await send(() => answerOf(editConcert({ client, path, headers, body: changes })));
  if (answer.ok || answer.problem.code !== 'PRECONDITION_FAILED') return answer;
  const present = await send(() => answerOf(getAdminConcert({ client, path })));
  return present.ok && hasAll(present.data, changes) ? present : answer;
}

function hasAll(concert: Concert, changes: ConcertPatch): boolean {
  return (Object.keys(changes) as (keyof ConcertPatch)[]).every((fact) => concert[fact] === changes[fact]);
}
