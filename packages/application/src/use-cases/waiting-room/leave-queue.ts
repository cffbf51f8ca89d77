import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Ports } from '../../ports/ports.ts';
import { endPlace } from '../../waiting-room/end-place.ts';

export type LeaveQueue = (ticket: Ticket) => Promise<void>;

/** Ends the place of a ticket, also one that the room does not know: Redis may have lost it, and the ticket restores it. */
export function createLeaveQueue(
  ports: Pick<Ports, 'transact' | 'waitingRoom' | 'queueEndReads'>,
): LeaveQueue {
  return async ({ concertId, userId, sequence }) => {
    const place = { concertId, userId, sequence };
    if ((await ports.queueEndReads.find(place)) !== null) return;
    await endPlace(ports, { ...place, reason: 'LEFT' });
  };
}
