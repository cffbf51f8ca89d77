import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Ports } from '../../ports/ports.ts';
import { storeEnd } from '../../waiting-room/end-place.ts';

export type LeaveQueue = (ticket: Ticket) => Promise<void>;

/** Ends the place of a ticket, also one that the room does not know: Redis may have lost it, and the ticket restores it. */
export function createLeaveQueue(
  ports: Pick<Ports, 'transact' | 'waitingRoom' | 'queueEndReads'>,
): LeaveQueue {
  const { waitingRoom, queueEndReads } = ports;
  return async ({ concertId, userId, sequence }) => {
    const place = { concertId, userId, sequence };
    const reason = await queueEndReads.find(place);
    if (reason === null) await storeEnd(ports, { ...place, reason: 'LEFT' });
    // Throws where the room cannot be reached: until the relay delivers the end, the place would still wait.
    await waitingRoom.end(place, reason ?? 'LEFT');
  };
}
