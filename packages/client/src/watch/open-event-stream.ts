import { answerOf } from '../answer.ts';
import type { Client } from '../generated/client/index.ts';

export type EventStreamRequest = {
  readonly url: string;
  readonly path?: Record<string, string>;
  readonly headers: Record<string, string>;
  /** Whether the access token is sent. */
  readonly asUser?: boolean;
  readonly lastEventId: string | null;
  readonly signal: AbortSignal;
};

/** Opens an event stream. Its data is the body, a `ReadableStream`. The generated function would hide a refusal. */
export function openEventStream<Errors>(
  client: Client,
  { url, path, headers, asUser = false, lastEventId, signal }: EventStreamRequest,
) {
  return answerOf(
    client.get<unknown, Errors>({
      url,
      ...(path && { path }),
      headers: {
        ...headers,
        Accept: 'text/event-stream',
        ...(lastEventId !== null && { 'Last-Event-ID': lastEventId }),
      },
      security: asUser ? [{ scheme: 'bearer', type: 'http' }] : [],
      parseAs: 'stream',
      signal,
    }),
  );
}
