import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type ServerFacts, readServer } from '../connection/servers.ts';
import { hasKeptData } from './kept-data.ts';
import type { KnownPrimaries } from './known-primaries.ts';
import type { RoomReply } from './room-replies.ts';
import type { RedisClient } from './room-scripts.ts';

type FoundRoom = RoomReply<'inspect'>;

/** A server without replicas may name its history anew after `repl-backlog-ttl`, an hour by default. */
const SEEN_WITHIN_MS = 600_000;

/**
 * Whether a server that does not own a room has every write of it that its owner has acknowledged. False where nothing
 * proves that yet. Throws `Unavailable('redis')`.
 */
export function createRoomProofs(
  redis: RedisClient,
  primaries: KnownPrimaries,
): (concertId: ConcertId, found: FoundRoom) => Promise<boolean> {
  return async (concertId, found) =>
    isSameServer(found) ||
    (await hasFollower(redis, found)) ||
    (await primaries.hasOnlyMoved(concertId, found)) ||
    // No other server can have a copy of the room.
    (found.isAlone && (await hasKeptData(redis, found.server)));
}

/** Whether more time may show that a failover has lost nothing. */
export function isPromotedFrom({
  history,
  formerHistory,
}: Pick<FoundRoom, 'history' | 'formerHistory'>): boolean {
  return history === formerHistory;
}

/**
 * Whether the owner has named its history anew, as with its first replica. It has not been a replica meanwhile: that
 * would show in its former history, which it forgets only after a longer time than the room was unused.
 */
function isSameServer({ openedBy, server, history, formerHistory, now, seenAt }: FoundRoom): boolean {
  if (openedBy !== server) return false;
  // Versions up to 0.6 open rooms by the run of their server alone.
  return history === '' || (/^0*$/.test(formerHistory) && now - seenAt < SEEN_WITHIN_MS);
}

/** Whether the owner follows this server as a replica, and could continue where its own history ended. */
async function hasFollower(redis: RedisClient, found: FoundRoom): Promise<boolean> {
  if (found.replicas === '') return false;
  const reading = found.replicas.split(',').map(async (replica) => {
    const [host = '', port] = replica.split(' ');
    return readServer(redis, { host, port: Number(port) });
  });
  const answers = await Promise.allSettled(reading);
  return answers.some((answer) => answer.status === 'fulfilled' && continuesAfter(found, answer.value));
}

/**
 * A replica keeps its former history only while it has the data of it: Redis lets a replica continue without copying all
 * data only where its new primary has every write of that history.
 */
function continuesAfter({ openedBy, history, serverHistory }: FoundRoom, replica: ServerFacts): boolean {
  const isOwner = replica.run === openedBy && !replica.isPrimary;
  return isOwner && replica.history === serverHistory && replica.formerHistory === history;
}
