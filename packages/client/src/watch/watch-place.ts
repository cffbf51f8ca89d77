import { type Answer, type ProblemIn, answerOf } from '../answer.ts';
import type { Client } from '../generated/client/index.ts';
import { getQueueStatus } from '../generated/sdk.gen.ts';
import type {
  GetQueueStatusError,
  QueueStatus,
  StreamQueueStatusData,
  StreamQueueStatusError,
  StreamQueueStatusErrors,
} from '../generated/types.gen.ts';
import type { ServerClock } from '../server-clock.ts';
import type { TicketStore } from '../ticket-store.ts';
import { guarded } from './call-back.ts';
import { whenChanged } from './connection.ts';
import { type FollowEnd, type FollowOptions, type Following, type Step, follow } from './follow.ts';
import { openEventStream } from './open-event-stream.ts';

export type WatchPlaceOptions = FollowOptions & {
  readonly client: Client;
  readonly concertId: string;
  /** Where the ticket of the concert is; each newer one is kept there. */
  readonly tickets: TicketStore;
  readonly clock?: ServerClock;
  readonly onStatus: (status: QueueStatus) => void;
};

type Problem = ProblemIn<GetQueueStatusError | StreamQueueStatusError>;
/** COMPLETED, LEFT or EXPIRED. */
type Ended = { readonly kind: 'ENDED'; readonly status: QueueStatus };
export type PlaceEnd = FollowEnd<Ended, Problem>;

const STREAM: StreamQueueStatusData['url'] = '/v1/queue-tokens/current/stream';
/** A status that is older by more than this comes from a server whose clock was set back. */
const OLDER_MAX_MS = 10_000;

/**
 * Watches the place of a fan until it has ended: by a stream, and by polls where streams do not work. A status is never older
 * than the one before, so no position grows.
 */
export function watchPlace(options: WatchPlaceOptions): Following<PlaceEnd> {
  const { client, concertId, tickets, clock } = options;
  const onStatus = guarded(options.onStatus);
  let last: QueueStatus | null = null;

  function take(status: QueueStatus): Step<Ended> {
    clock?.learnFromAsOf(status.asOf);
    tickets.keep(status);
    const isStale = last !== null && isOlder(status, last);
    if (!isStale) {
      last = status;
      onStatus(status);
    }
    if (status.pollAfterMs === null) return { kind: 'END', end: { kind: 'ENDED', status } };
    return { kind: 'NEXT', pollAfterMs: status.pollAfterMs };
  }

  const headers = () => ({ 'Queue-Token': tickets.read(concertId) ?? '' });

  return follow<Ended, Problem>(
    {
      openStream: (lastEventId, signal): Promise<Answer<unknown, Problem>> =>
        openEventStream<StreamQueueStatusErrors>(client, {
          url: STREAM,
          headers: headers(),
          lastEventId,
          signal,
        }),
      onEvent: ({ name, data }) =>
        name === 'unavailable' ? { kind: 'UNAVAILABLE' } : take(JSON.parse(data) as QueueStatus),
      async poll(signal) {
        const answer = await answerOf(getQueueStatus({ client, headers: headers(), signal }));
        return answer.ok ? take(answer.data) : answer;
      },
    },
    { ...options, onConnection: whenChanged(options.onConnection) },
  );
}

function isOlder(status: QueueStatus, last: QueueStatus): boolean {
  const behindMs = Date.parse(last.asOf) - Date.parse(status.asOf);
  return (
    status.status === 'WAITING' &&
    status.sequence === last.sequence &&
    behindMs > 0 &&
    behindMs < OLDER_MAX_MS
  );
}
