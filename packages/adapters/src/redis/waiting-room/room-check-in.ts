import { UNKNOWN_ROOM } from '@frontrow/domain/waiting-room/admission.ts';
import { tokenOf } from '@frontrow/domain/waiting-room/place.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { needsRestore } from '@frontrow/domain/waiting-room/restore.ts';
import type { QueueEndReads } from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { PlaceStatus } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import type { OpenRooms } from './open-rooms.ts';
import { type RoomReply, roomIn, tokenIn } from './room-replies.ts';
import type { RunInRoom } from './room-runner.ts';

/** Checks in the fan of a ticket, and restores a place that the room has lost unless the database has ended it. */
export function createRoomCheckIn(
  inRoom: RunInRoom,
  rooms: Pick<OpenRooms, 'epochOf' | 'configOf'>,
  queueEndReads: QueueEndReads,
): (ticket: Ticket) => Promise<PlaceStatus> {
  async function statusIn(reply: RoomReply<'check-in' | 'restore'>, ticket: Ticket) {
    const config = await rooms.configOf(ticket.concertId, reply.version);
    return { ...roomIn(reply, config), token: tokenIn(reply, ticket) };
  }

  /** The token is null for a place that the room does not know. */
  async function findPlace(ticket: Ticket) {
    const { concertId, userId, sequence, issuedAt, sessionExpiresAt } = ticket;
    const args = [userId, sequence, issuedAt];
    const reply = await inRoom('check-in', concertId, args);
    if (reply === null) return { token: null, room: UNKNOWN_ROOM, asOf: issuedAt };
    const found = await statusIn(reply, ticket);
    const epoch = Number(await rooms.epochOf(concertId));
    if (!needsRestore(ticket, found.token, epoch, found.asOf)) return found;
    const reason = await queueEndReads.find(ticket);
    if (reason !== null) return { ...found, token: tokenOf(ticket, { kind: 'ENDED', reason }, null) };
    const restored = await inRoom('restore', concertId, [...args, sessionExpiresAt ?? 0]);
    return restored === null ? found : statusIn(restored, ticket);
  }

  return async (ticket) => {
    const { token, room, asOf } = await findPlace(ticket);
    return { token: token ?? tokenOf(ticket, { kind: 'ENDED', reason: 'EXPIRED' }, null), room, asOf };
  };
}
