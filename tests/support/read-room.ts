import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { readPlaceRecord } from '@frontrow/adapters/redis/waiting-room/place-record.ts';
import type { Installation } from './start-installation.ts';

/** The places of a waiting room in Redis at one moment. */
export type RoomInRedis = {
  /** Sequences, ascending. */
  readonly waiting: readonly number[];
  readonly active: readonly ActivePlace[];
};

export type ActivePlace = {
  readonly sequence: number;
  /** False until the fan has checked in. */
  readonly isClaimed: boolean;
  /** The end of the claim window or of the session, in ms since 1970. */
  readonly endsAt: number;
};

type Scores = [null, string[]];
type Replies = [waiting: Scores, offered: Scores, active: Scores, places: [null, Record<string, string>]];

export async function readRoom(
  { redis, keyPrefix }: Pick<Installation, 'redis' | 'keyPrefix'>,
  concertId: string,
): Promise<RoomInRedis> {
  const keys = createKeys(keyPrefix).room(concertId);
  const replies = await redis
    .multi()
    .zrange(keys.waiting, 0, '-1', 'WITHSCORES')
    .zrange(keys.offered, 0, '-1', 'WITHSCORES')
    .zrange(keys.active, 0, '-1', 'WITHSCORES')
    .hgetall(keys.place)
    .exec();
  if (replies === null) throw new Error('the room was not read');
  const [[, waiting], [, offered], [, active], [, places]] = replies as unknown as Replies;
  return {
    waiting: pairs(waiting).map(([, sequence]) => sequence),
    active: [...pairs(offered), ...pairs(active)].map(([user, endsAt]) => {
      const { sequence, state } = readPlaceRecord(places[user]!);
      return { sequence, isClaimed: state === 'ACTIVE', endsAt };
    }),
  };
}

function pairs(flat: readonly string[]): [string, number][] {
  return flat.flatMap((member, index) =>
    index % 2 === 0 ? [[member, Number(flat[index + 1])] as [string, number]] : [],
  );
}
