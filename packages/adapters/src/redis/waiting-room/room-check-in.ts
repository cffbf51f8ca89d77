import { UNKNOWN_ROOM } from '@frontrow/domain/waiting-room/admission.ts';
import { tokenOf } from '@frontrow/domain/waiting-room/place.ts';
import type { EndReason, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { needsRestore } from '@frontrow/domain/waiting-room/restore.ts';
import type { QueueEndReads } from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { PlaceStatus } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import { withUnavailable } from '../connection/connection.ts';
import type { ExpirePlaces } from './expire-places.ts';
import type { OpenRooms } from './open-rooms.ts';
import { type RoomReply, roomIn, tokenIn } from './room-replies.ts';
import type { RunInRoom } from './room-runner.ts';

export type RoomCheckInOptions = {
  readonly inRoom: RunInRoom;
  readonly rooms: Pick<OpenRooms, 'epochOf' | 'configOf' | 'findRemoved'>;
  readonly queueEndReads: QueueEndReads;
  readonly expirePlaces: ExpirePlaces;
};

/**
 * Checks in the fan of a ticket, and restores a place that the room has lost unless the database has ended it. A place
 * that is over by time, or that loses against another place of the same user, is EXPIRED, in the database first.
 */
export function createRoomCheckIn(options: RoomCheckInOptions): (ticket: Ticket) => Promise<PlaceStatus> {
  const { inRoom, rooms, queueEndReads, expirePlaces } = options;

  async function statusIn(reply: RoomReply<'check-in'>, ticket: Ticket) {
    const config = await rooms.configOf(ticket.concertId, reply.version);
    return { ...roomIn(reply, config), token: tokenIn(reply, ticket) };
  }

  /** The token is null for a place that the room does not know. */
  async function findPlace(ticket: Ticket) {
    const { concertId, userId, sequence, issuedAt } = ticket;
    const reply = await inRoom('check-in', concertId, [userId, sequence, issuedAt]);
    if (reply === null) {
      const removed = await withUnavailable(() => rooms.findRemoved(concertId));
      return { token: null, ...(removed ?? { room: UNKNOWN_ROOM, asOf: issuedAt }) };
    }
    if (reply.status === 'OVER') return expire(ticket, reply);
    const found = await statusIn(reply, ticket);
    const epoch = Number(await rooms.epochOf(concertId));
    if (!needsRestore(ticket, found.token, epoch, found.asOf)) return found;
    const reason = await queueEndReads.find(ticket);
    if (reason !== null) return { ...found, token: ended(ticket, reason) };
    const restored = await restore(ticket, 0);
    return restored ?? found;
  }

  /** `newer` is the sequence of the user's newer place, when the database has its end, or 0. */
  async function restore(ticket: Ticket, newer: number): Promise<PlaceStatus | null> {
    const { concertId, userId, sequence, issuedAt, sessionExpiresAt } = ticket;
    const args = [userId, sequence, issuedAt, sessionExpiresAt ?? 0, newer];
    const reply = await inRoom('restore', concertId, args);
    if (reply === null) return null;
    if (reply.status === 'OVER') return expire(ticket, reply);
    if (reply.status !== 'REPLACES') return orExpired(await statusIn(reply, ticket), ticket);
    await expirePlaces.record([{ concertId, userId, sequence: reply.newer }]);
    return restore(ticket, reply.newer);
  }

  async function expire(ticket: Ticket, reply: RoomReply<'check-in'>): Promise<PlaceStatus> {
    await expirePlaces.end(ticket.concertId, [ticket]);
    return orExpired(await statusIn({ ...reply, status: 'EXPIRED' }, ticket), ticket);
  }

  return async (ticket) => orExpired(await findPlace(ticket), ticket);
}

type FoundStatus = Omit<PlaceStatus, 'token'> & { readonly token: PlaceStatus['token'] | null };

function orExpired({ token, room, asOf }: FoundStatus, ticket: Ticket): PlaceStatus {
  return { token: token ?? ended(ticket, 'EXPIRED'), room, asOf };
}

function ended(ticket: Ticket, reason: EndReason) {
  return tokenOf(ticket, { kind: 'ENDED', reason }, null);
}
