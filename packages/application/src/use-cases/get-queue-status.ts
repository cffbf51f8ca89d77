import type { Ticket } from '@frontrow/domain/queue-token.ts';
import type { Ports } from '../ports/ports.ts';
import { type QueueStatus, describe } from '../queue-status.ts';

export type GetQueueStatus = (ticket: Ticket) => Promise<QueueStatus>;

export function createGetQueueStatus(
  ports: Pick<Ports, 'waitingRoom' | 'tokenSigner' | 'random'>,
): GetQueueStatus {
  return async (ticket) => describe(await ports.waitingRoom.glance(ticket), ticket, ports);
}
