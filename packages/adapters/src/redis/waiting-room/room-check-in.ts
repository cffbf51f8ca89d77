import { UNKNOWN_ROOM } from '@frontrow/domain/waiting-room/admission.ts';
import { tokenOf } from '@frontrow/domain/waiting-room/place.ts';
import { type EndReason, type Ticket, epochOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { needsRestore } from '@frontrow/domain/waiting-room/restore.ts';
import type { QueueEndReads } from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { PlaceStatus } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import { withUnavailable } from '../connection/connection.ts';
import type { ExpirePlaces } from './expire-places.ts';
import { type FanReply, createFanScript } from './fan-calls.ts';
import type { OpenRooms } from './open-rooms.ts';
import { tokenIn } from './room-replies.ts';
import type { RunInRoom } from './room-runner.ts';

export type RoomCheckInOptions = {
  readonly inRoom: RunInRoom;
  readonly rooms: Pick<OpenRooms, 'epochOf' | 'forget' | 'configOf' | 'findRemoved' | 'recentlyRemoved'>;
  readonly queueEndReads: QueueEndReads;
  readonly expirePlaces: ExpirePlaces;
};

/**
 * Checks in the fan of a ticket, and restores a place that the room has lost unless the database has ended it. A place
 * that is over by time, or that loses against another place of the same user, is EXPIRED, in the database first.
 */
export function createRoomCheckIn(options: RoomCheckInOptions): (ticket: Ticket) => Promise<PlaceStatus> {
  const { rooms, queueEndReads, expirePlaces } = options;
  const checkInRoom = createFanScript(
    'check-in',
    ({ userId, sequence, issuedAt }: Ticket) => [userId, sequence, issuedAt],
    options,
  );
  /** `newer` is the sequence of the user's newer place, when the database has its end, or 0. */
  const restoreInRoom = createFanScript(
    'restore',
    ({ ticket, newer }: { readonly ticket: Ticket; readonly newer: number }) => [
      ticket.userId,
      ticket.sequence,
      ticket.issuedAt,
      ticket.sessionExpiresAt ?? 0,
      newer,
    ],
    options,
  );

  /** The token is null for a place that the room does not know. */
  async function findPlace(ticket: Ticket): Promise<FoundStatus> {
    const { concertId, issuedAt } = ticket;
    const recentlyRemoved = rooms.recentlyRemoved(concertId);
    if (recentlyRemoved !== undefined) return { token: null, ...recentlyRemoved };
    const reply = await checkInRoom(concertId, ticket);
    if (reply === null) {
      const removed = await withUnavailable(() => rooms.findRemoved(concertId));
      return { token: null, ...(removed ?? { room: UNKNOWN_ROOM, asOf: issuedAt }) };
    }
    if (reply.place.status === 'OVER') return expire(ticket, reply);
    const found = statusIn(reply, ticket);
    const epoch = await epochFor(ticket);
    if (!needsRestore(ticket, found.token, epoch, found.asOf)) return found;
    const reason = await queueEndReads.find(ticket);
    if (reason !== null) return { ...found, token: ended(ticket, reason) };
    const restored = await restore(ticket, 0);
    return restored ?? found;
  }

  /** The epoch of the room, which is read again where a ticket shows that another server has had the room since. */
  async function epochFor({ concertId, sequence }: Ticket): Promise<number> {
    const known = Number(await rooms.epochOf(concertId));
    if (epochOf(sequence) <= known) return known;
    rooms.forget(concertId);
    return Number(await rooms.epochOf(concertId));
  }

  async function restore(ticket: Ticket, newer: number): Promise<PlaceStatus | null> {
    const { concertId, userId } = ticket;
    const reply = await restoreInRoom(concertId, { ticket, newer });
    if (reply === null) return null;
    const { status, sequence } = reply.place;
    if (status === 'OVER') return expire(ticket, reply);
    if (status !== 'REPLACES') return orExpired(statusIn(reply, ticket), ticket);
    await expirePlaces.record(concertId, [{ concertId, userId, sequence }]);
    return restore(ticket, sequence);
  }

  async function expire(ticket: Ticket, { room, asOf }: FanReply): Promise<PlaceStatus> {
    await expirePlaces.end(ticket);
    return { token: ended(ticket, 'EXPIRED'), room, asOf };
  }

  return async (ticket) => orExpired(await findPlace(ticket), ticket);
}

function statusIn({ place, room, asOf }: FanReply, ticket: Ticket): FoundStatus {
  return { token: tokenIn(place, ticket), room, asOf };
}

type FoundStatus = Omit<PlaceStatus, 'token'> & { readonly token: PlaceStatus['token'] | null };

function orExpired({ token, room, asOf }: FoundStatus, ticket: Ticket): PlaceStatus {
  return { token: token ?? ended(ticket, 'EXPIRED'), room, asOf };
}

function ended(ticket: Ticket, reason: EndReason) {
  return tokenOf(ticket, { kind: 'ENDED', reason }, null);
}
