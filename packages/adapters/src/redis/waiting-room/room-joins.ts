import type { JoinedPlace } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import { createCoalescedReads } from '@frontrow/application/shared/coalesced-reads.ts';
import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { ExpirePlaces } from './expire-places.ts';
import type { OpenRooms } from './open-rooms.ts';
import { joinedPlace, roomIn, tokenIn } from './room-replies.ts';
import type { RunInRoom } from './room-runner.ts';

type Joiner = { readonly userId: UserId; joined: JoinedPlace | null };

/** Each join takes Redis a few µs, and every other command waits for the whole call. */
const JOINERS_MAX = 100;

/**
 * Joins that arrive while a call is under way go to Redis as one call, in the order of their arrival, because most of the
 * cost of a join is its round trip. Null for an unknown concert.
 */
export function createRoomJoins(
  inRoom: RunInRoom,
  rooms: Pick<OpenRooms, 'configOf'>,
  expirePlaces: Pick<ExpirePlaces, 'end'>,
): (concertId: ConcertId, userId: UserId) => Promise<JoinedPlace | null> {
  const joinTogether = createCoalescedReads<Joiner, void>(joinAll, { requestsPerReadMax: JOINERS_MAX });

  async function joinAll(concertId: ConcertId, joiners: readonly Joiner[]): Promise<void> {
    const users = joiners.map(({ userId }) => userId);
    const reply = await inRoom('join', concertId, users);
    if (reply === null) return;
    const room = roomIn(reply, await rooms.configOf(concertId, reply.version));
    const over: { readonly joiner: Joiner; readonly place: Place }[] = [];
    for (const [index, joiner] of joiners.entries()) {
      const { userId } = joiner;
      const place = joinedPlace.decode(reply.places[index]!.split(' '));
      if (place.status === 'OVER') {
        over.push({ joiner, place: { concertId, userId, sequence: place.sequence } });
        continue;
      }
      const token = tokenIn(place, { concertId, userId, ...place });
      invariant(token !== null, 'a join gives a place');
      joiner.joined = { ...room, token, created: place.created };
    }
    if (over.length === 0) return;
    // These users have places again only after the ends of their last ones.
    await expirePlaces.end(
      concertId,
      over.map(({ place }) => place),
    );
    await joinAll(
      concertId,
      over.map(({ joiner }) => joiner),
    );
  }

  return (concertId, userId) => {
    const joiner: Joiner = { userId, joined: null };
    return joinTogether(concertId, joiner).then(() => joiner.joined);
  };
}
