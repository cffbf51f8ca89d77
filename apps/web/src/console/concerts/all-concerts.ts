import { type Concert, answerOf, listAdminConcerts } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import type { Answer } from '../data/answer.ts';

/** The greatest page of the API. */
const PAGE_LENGTH = 100;
/** The newest concerts of a longer list are not found: a console reads at most so many pages. */
const PAGES_MAX = 30;

export type AllConcerts = {
  /** Newest first. */
  readonly concerts: readonly Concert[];
  readonly isWhole: boolean;
};

/** Reads all concerts, page by page: the API lists the oldest first, and an operator looks for the newest. */
export async function readAllConcerts(signal: AbortSignal): Promise<Answer<AllConcerts>> {
  const concerts: Concert[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = { limit: PAGE_LENGTH, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await answerOf(listAdminConcerts({ client, signal, query }));
    if (!answer.ok) return answer;
    concerts.push(...answer.data.items);
    cursor = answer.data.nextCursor ?? undefined;
    if (cursor === undefined) break;
  }
  return { ok: true, data: { concerts: concerts.toReversed(), isWhole: cursor === undefined } };
}
