import { type Event, answerOf, getAdminEvent } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import type { Answer } from '../data/answer.ts';
import type { Query } from '../data/query.ts';
import { useQuery } from '../data/use-query.ts';

/** A date with the version that a change of it has to name. */
export type VersionedEvent = { readonly event: Event; readonly etag: string };

/** Another operator's change of the date is seen after this time. */
const POLL_MS = 10_000;

export function useEvent(eventId: string): Query<VersionedEvent> {
  return useQuery((signal) => readEvent(eventId, signal), [eventId], { pollMs: POLL_MS });
}

export async function readEvent(eventId: string, signal?: AbortSignal): Promise<Answer<VersionedEvent>> {
  const answer = await answerOf(
    getAdminEvent({ client, path: { eventId }, ...(signal === undefined ? {} : { signal }) }),
  );
  if (!answer.ok) return answer;
  return { ok: true, data: { event: answer.data, etag: answer.response.headers.get('ETag') ?? '*' } };
}
