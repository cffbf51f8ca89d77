import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Ports } from '../../ports/ports.ts';
import { type MaybePromise, andThen } from '../../shared/maybe-promise.ts';
import { type QueueStatus, describeQueueStatus } from '../../waiting-room/queue-status.ts';

export type GetQueueStatus = (ticket: Ticket) => MaybePromise<QueueStatus>;

export function createGetQueueStatus(
  ports: Pick<Ports, 'waitingRoom' | 'tokenSigner' | 'random'>,
): GetQueueStatus {
  return (ticket) =>
    andThen(ports.waitingRoom.statusFromSnapshot(ticket), (standing) =>
      describeQueueStatus(standing, ticket, ports),
    );
}
