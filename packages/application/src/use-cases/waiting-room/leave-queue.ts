import { type Ticket, isEnded } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Ports } from '../../ports/ports.ts';
import { endPlace } from '../../waiting-room/end-place.ts';

export type LeaveQueue = (ticket: Ticket) => Promise<void>;

export function createLeaveQueue(ports: Pick<Ports, 'transact' | 'waitingRoom'>): LeaveQueue {
  return async (ticket) => {
    const { token } = await ports.waitingRoom.checkIn(ticket);
    if (isEnded(token)) return;
    const { concertId, userId, sequence } = token;
    await endPlace(ports, { concertId, userId, sequence, reason: 'LEFT' });
  };
}
