import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { closeRedis, openAuditReader } from '../../connection/connection.ts';
import { createKeys } from '../../connection/keys.ts';
import { type RoomContents, readRoomContents } from './room-contents.ts';

/** Reads waiting rooms and changes nothing. */
export type RoomAudit = {
  /** The concerts whose rooms the workers visit. */
  listRooms(): Promise<ConcertId[]>;
  /** Null for a room that is not open. */
  read(concertId: ConcertId): Promise<RoomContents | null>;
};

export type RoomAuditOptions = {
  readonly redisUrl: string;
  readonly redisTlsCa?: string | null;
  readonly redisSentinelPassword?: string | null;
  readonly redisKeyPrefix: string;
};

/** Throws where Redis does not answer. A replica serves as well as the primary. */
export async function withRoomAudit<T>(
  { redisUrl, redisTlsCa = null, redisSentinelPassword = null, redisKeyPrefix }: RoomAuditOptions,
  work: (audit: RoomAudit) => Promise<T>,
): Promise<T> {
  const redis = await openAuditReader({
    url: redisUrl,
    tlsCa: redisTlsCa,
    sentinelPassword: redisSentinelPassword,
    onError: () => undefined,
  });
  const keys = createKeys(redisKeyPrefix);
  try {
    return await work({
      listRooms: () => redis.smembers(keys.rooms),
      read: (concertId) => readRoomContents(redis, keys.room(concertId), concertId),
    });
  } finally {
    await closeRedis(redis);
  }
}
