import { type ProblemIn, answerOf } from '../answer.ts';
import type { Client } from '../generated/client/index.ts';
import { getRoomStatus } from '../generated/sdk.gen.ts';
import type { GetRoomStatusError, RoomStatus } from '../generated/types.gen.ts';
import type { ServerClock } from '../server-clock.ts';
import { guarded } from './call-back.ts';
import { whenChanged } from './connection.ts';
import { type FollowEnd, type FollowOptions, type Following, follow } from './follow.ts';

export type WatchRoomOptions = FollowOptions & {
  readonly client: Client;
  readonly concertId: string;
  readonly clock?: ServerClock;
  readonly onRoom: (room: RoomStatus) => void;
};

export type RoomEnd = FollowEnd<never, ProblemIn<GetRoomStatusError>>;

/** Two to five seconds, so that a crowd does not ask at the same moment. */
const POLL_MIN_MS = 2_000;
const POLL_SPREAD_MS = 3_000;

/** Reads the status of a room again and again. All fans share the answer, so this is the cheapest way to wait. */
export function watchRoom(options: WatchRoomOptions): Following<RoomEnd> {
  const { client, concertId, clock, random = Math.random } = options;
  const onRoom = guarded(options.onRoom);
  let asOf = '';
  return follow<never, ProblemIn<GetRoomStatusError>>(
    {
      async poll(signal) {
        const answer = await answerOf(getRoomStatus({ client, path: { concertId }, signal }));
        if (!answer.ok) return answer;
        clock?.learnFromAsOf(answer.data.asOf);
        // A cache may have answered with what another has replaced.
        if (answer.data.asOf >= asOf) onRoom(answer.data);
        if (answer.data.asOf > asOf) asOf = answer.data.asOf;
        return { kind: 'NEXT', pollAfterMs: POLL_MIN_MS + random() * POLL_SPREAD_MS };
      },
    },
    { ...options, onConnection: whenChanged(options.onConnection) },
  );
}

/**
 * The position of a waiting place, as far as the status of the room tells: never lower than the true one. Null where only the
 * status of the place itself knows more: it is admitted, has ended, or is newer than the status of the room.
 */
export function positionInRoom({ line }: Pick<RoomStatus, 'line'>, sequence: number): number | null {
  const at = line.findIndex((mark) => mark.sequence >= sequence);
  const [from, to] = [line[at - 1], line[at]];
  if (to?.sequence === sequence) return to.position;
  if (from === undefined || to === undefined) return null;
  return Math.min(from.position + (sequence - from.sequence), to.position - 1);
}

/** How long a place at this position waits for its admission; null while nobody is admitted. */
export function waitInRoom(
  { waits }: Pick<RoomStatus, 'waits'>,
  position: number,
): RoomStatus['waits'][number] | null {
  return waits.find(({ upToPosition }) => upToPosition >= position) ?? null;
}
