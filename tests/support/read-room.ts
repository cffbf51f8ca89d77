import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import type { Installation } from './start-installation.ts';

/** Who stands where in a waiting room at one moment, as Redis has it. */
export type RoomInRedis = {
  /** Sequences, ascending. */
  readonly waiting: readonly number[];
  readonly active: readonly ActivePlace[];
};

export type ActivePlace = {
  readonly sequence: number;
  /** False until the fan has been seen. */
  readonly isClaimed: boolean;
  /** The end of the claim window or of the session, in ms since 1970. */
  readonly endsAt: number;
};

type Replies = [[null, string[]], [null, string[]], [null, Record<string, string>]];

export async function readRoom(
  { redis, keyPrefix }: Pick<Installation, 'redis' | 'keyPrefix'>,
  concertId: string,
): Promise<RoomInRedis> {
  const key = createKeys(keyPrefix).room(concertId);
  const replies = await redis
    .multi()
    .zrange(`${key}:waiting`, 0, '-1', 'WITHSCORES')
    .zrange(`${key}:active`, 0, '-1', 'WITHSCORES')
    .hgetall(`${key}:place`)
    .exec();
  if (replies === null) throw new Error('the room was not read');
  const [[, waiting], [, active], [, places]] = replies as unknown as Replies;
  return {
    waiting: pairs(waiting).map(([, sequence]) => sequence),
    active: pairs(active).map(([user, endsAt]) => {
      const [sequence, , , , state] = (places[user] ?? '').split(':');
      return { sequence: Number(sequence), isClaimed: state === 'A', endsAt };
    }),
  };
}

function pairs(flat: readonly string[]): [string, number][] {
  return flat.flatMap((member, index) =>
    index % 2 === 0 ? [[member, Number(flat[index + 1])] as [string, number]] : [],
  );
}
