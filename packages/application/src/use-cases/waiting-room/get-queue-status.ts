import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Ports } from '../../ports/ports.ts';
import { type MaybePromise, andThen } from '../../shared/maybe-promise.ts';
import { type QueueStatus, describeQueueStatus } from '../../waiting-room/queue-status.ts';

export type GetQueueStatus = (ticket: Ticket) => MaybePromise<QueueStatus>;

export function createGetQueueStatus(
  ports: Pick<Ports, 'waitingRoom' | 'tokenSigner' | 'random'>,
): GetQueueStatus {
  const { waitingRoom } = ports;
  return (ticket) =>
    andThen(waitingRoom.statusFromSnapshot(ticket), (status): MaybePromise<QueueStatus> => {
      if (status !== null) return describeQueueStatus(status, ticket, ports);
      return waitingRoom.checkIn(ticket).then((checkedIn) => describeQueueStatus(checkedIn, ticket, ports));
    });
}
