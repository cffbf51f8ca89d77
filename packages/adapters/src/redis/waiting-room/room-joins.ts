import type { JoinedPlace } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { ExpirePlaces } from './expire-places.ts';
import { createFanScript } from './fan-calls.ts';
import type { OpenRooms } from './open-rooms.ts';
import { tokenIn } from './room-replies.ts';
import type { RunInRoom } from './room-runner.ts';

/** Null for an unknown concert. */
export function createRoomJoins(options: {
  readonly inRoom: RunInRoom;
  readonly rooms: Pick<OpenRooms, 'configOf'>;
  readonly expirePlaces: Pick<ExpirePlaces, 'end'>;
}): (concertId: ConcertId, userId: UserId) => Promise<JoinedPlace | null> {
  const joinRoom = createFanScript('join', (userId: UserId) => [userId], options);

  return async function join(concertId, userId) {
    const reply = await joinRoom(concertId, userId);
    if (reply === null) return null;
    const { place, room, asOf } = reply;
    if (place.status === 'OVER') {
      // The user has a place again only after the end of the last one.
      await options.expirePlaces.end({ concertId, userId, sequence: place.sequence });
      return join(concertId, userId);
    }
    const { sequence, issuedAt } = place;
    const token = tokenIn(place, { concertId, userId, sequence, issuedAt });
    invariant(token !== null, 'a join gives a place');
    return { room, asOf, token, created: place.created };
  };
}
