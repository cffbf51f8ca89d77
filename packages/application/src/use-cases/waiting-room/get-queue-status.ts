import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Ports } from '../../ports/ports.ts';
import { type Soon, whenThere } from '../../shared/soon.ts';
import { type QueueStatus, describe } from '../../waiting-room/queue-status.ts';

export type GetQueueStatus = (ticket: Ticket) => Soon<QueueStatus>;

export function createGetQueueStatus(
  ports: Pick<Ports, 'waitingRoom' | 'tokenSigner' | 'random'>,
): GetQueueStatus {
  return (ticket) =>
    whenThere(ports.waitingRoom.glance(ticket), (standing) => describe(standing, ticket, ports));
}
