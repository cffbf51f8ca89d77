import type { JoinedPlace } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import { createCoalescedReads } from '@frontrow/application/shared/coalesced-reads.ts';
import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { OpenRooms } from './open-rooms.ts';
import { ROOM_FIELDS, readRoom, readToken } from './room-reply.ts';
import type { RoomReply, RunInRoom } from './room-runner.ts';

type Joiner = { readonly userId: UserId; joined: JoinedPlace | null };

/** Each costs Redis a few µs, and everybody else waits for all of them. */
const JOINERS_MAX = 100;

/**
 * Joins that arrive while one is under way go to Redis together, in the order of their arrival: for a crowd the round
 * trip is what costs most. Null for an unknown concert.
 */
export function createRoomJoins(
  inRoom: RunInRoom,
  rooms: Pick<OpenRooms, 'configOf'>,
): (concertId: ConcertId, userId: UserId) => Promise<JoinedPlace | null> {
  const joinTogether = createCoalescedReads<Joiner, void>(joinAll, { requestsPerReadMax: JOINERS_MAX });

  async function joinAll(concertId: ConcertId, joiners: readonly Joiner[]): Promise<void> {
    const users = joiners.map(({ userId }) => userId);
    const reply = (await inRoom('join', concertId, users)) as RoomReply | null;
    if (reply === null) return;
    const standing = readRoom(reply, await rooms.configOf(concertId, String(reply[1])));
    for (const [index, joiner] of joiners.entries()) {
      const fields = String(reply[ROOM_FIELDS + index]).split(' ');
      const { token, created } = readToken(fields, { concertId, userId: joiner.userId });
      invariant(token !== null, 'joining gives a place');
      joiner.joined = { ...standing, token, created };
    }
  }

  return (concertId, userId) => {
    const joiner: Joiner = { userId, joined: null };
    return joinTogether(concertId, joiner).then(() => joiner.joined);
  };
}
