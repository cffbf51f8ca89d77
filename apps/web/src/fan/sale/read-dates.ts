import { type ListedEvent, answerOf, listEvents } from '@frontrow/client';
import { client, clock } from '../../shared/api.ts';
import { read } from '../../shared/connection/send.ts';

export type Dates = { readonly items: readonly ListedEvent[]; readonly hasMore: boolean };

/**
 * The first dates of a concert, as many pages of them as the fan has asked for. They tell the time of the server too: what a
 * fan can do now does not depend on the clock of the device.
 */
export async function readDates(concertId: string, pages: number, signal: AbortSignal) {
  const items: ListedEvent[] = [];
  let cursor: string | null = null;
  for (let page = 1; ; page += 1) {
    const query: { cursor?: string } = cursor === null ? {} : { cursor };
    const answer = await read(
      () => answerOf(listEvents({ client, signal, path: { concertId }, query })),
      signal,
    );
    if (!answer.ok) return answer;
    for (const { availableAsOf } of answer.data.items)
      if (availableAsOf !== null) clock.learnFromAsOf(availableAsOf);
    items.push(...answer.data.items);
    cursor = answer.data.nextCursor;
    if (page >= pages || cursor === null) return { ...answer, data: { items, hasMore: cursor !== null } };
  }
}
