import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { Cluster } from 'ioredis';
import { listPrimaries, readServer } from '../connection/servers.ts';
import type { RoomReply } from './room-replies.ts';
import type { RedisClient } from './room-scripts.ts';

/** Which histories the primaries of a cluster write. */
export type KnownPrimaries = {
  /** A script that was sent at this moment of `performance.now()` has run in the room. */
  noteUse(concertId: ConcertId, sentAt: number): void;
  /**
   * Whether the room has been moved from one primary to another, and no primary has failed over or restarted meanwhile:
   * each one writes the history that it wrote when this process last used the room.
   */
  hasOnlyMoved(concertId: ConcertId, found: RoomReply<'inspect'>): Promise<boolean>;
};

type Reading = { readonly readAt: number; readonly histories: ReadonlySet<string> };

const READ_EVERY_MS = 10_000;

export function createKnownPrimaries(redis: RedisClient): KnownPrimaries {
  if (!(redis instanceof Cluster)) return { noteUse: () => {}, hasOnlyMoved: async () => false };
  const cluster = redis;
  /** The last reading before the last use of each room. */
  const lastKnown = new Map<ConcertId, ReadonlySet<string>>();
  let latest: Reading | null = null;
  let nextReadAt = 0;

  /** Null where a primary does not answer or is not one any more. */
  async function readHistories(): Promise<ReadonlySet<string> | null> {
    try {
      const addresses = await listPrimaries(cluster);
      const servers = await Promise.all(addresses.map((address) => readServer(cluster, address)));
      const areAllPrimaries = servers.every(({ isPrimary }) => isPrimary);
      return areAllPrimaries ? new Set(servers.map(({ history }) => history)) : null;
    } catch {
      return null;
    }
  }

  async function readAgain(): Promise<void> {
    const histories = await readHistories();
    if (histories !== null) latest = { readAt: performance.now(), histories };
  }

  return {
    noteUse(concertId, sentAt) {
      if (latest !== null && latest.readAt <= sentAt) lastKnown.set(concertId, latest.histories);
      if (sentAt < nextReadAt) return;
      nextReadAt = sentAt + READ_EVERY_MS;
      void readAgain();
    },
    async hasOnlyMoved(concertId, { history, serverHistory }) {
      const before = lastKnown.get(concertId);
      if (before === undefined || !before.has(history) || !before.has(serverHistory)) return false;
      const present = await readHistories();
      return present !== null && [...before].every((known) => present.has(known));
    },
  };
}
