import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { OnWait } from '@frontrow/application/waiting-room/wait-tracker.ts';
import { withUnavailable } from '../connection/connection.ts';
import type { Keys } from '../connection/keys.ts';
import { readEndedScore } from './ended-score.ts';
import { readCountedDates } from './counted-dates.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { RoomChanges } from './room-changes.ts';
import { readLogEntry } from './room-log.ts';
import { roomIn } from './room-replies.ts';
import type { RunInRoom } from './room-runner.ts';
import type { RedisClient } from './room-scripts.ts';
import { type RoomSnapshot, createRoomSnapshot } from './room-snapshot.ts';

export type SnapshotReader = {
  /** The whole room, at a cost that grows with its places. Null for an unknown concert. */
  readWhole(concertId: ConcertId): Promise<RoomSnapshot | null>;
  /** Applies what has changed since. False where the room's log does not reach back that far. */
  update(concertId: ConcertId, snapshot: RoomSnapshot): Promise<boolean>;
};

export type SnapshotReaderOptions = {
  redis: RedisClient;
  keys: Keys;
  rooms: OpenRooms;
  inRoom: RunInRoom;
  onWait: OnWait;
};

const PAGE = 10_000;

export function createSnapshotReader(options: SnapshotReaderOptions): SnapshotReader {
  const { redis, keys, rooms, inRoom, onWait } = options;

  async function readChanges(concertId: ConcertId, logEnd: number) {
    const reply = await inRoom('snapshot', concertId, [logEnd]);
    if (reply === null) return null;
    const config = await rooms.configOf(concertId, reply.version);
    const { watermark, counter, admittedTotal, waiting, parked, active, epoch, reaches, soldTotal } = reply;
    const count = { dates: readCountedDates(reply.dates), soldBefore: reply.soldBefore };
    const counts = { watermark, counter, admittedTotal, waiting, parked, active, count, soldTotal };
    const log = reply.changes.map(readLogEntry);
    const changes: RoomChanges = { ...roomIn(reply, config), ...counts, log, logEnd: reply.logEnd };
    return { changes, epoch, reaches };
  }

  /** The scores of a sorted set in which no two members share one, ascending, a page at a time. */
  async function* readScores(key: string, from: number, to: number | '+inf') {
    for (let min: number | string = from; ;) {
      const page = await withUnavailable(() =>
        redis.zrange(key, min, to === '+inf' ? to : `(${to}`, 'BYSCORE', 'LIMIT', 0, PAGE, 'WITHSCORES'),
      );
      const scores = page.filter((_, index) => index % 2 === 1).map(Number);
      yield* scores;
      if (scores.length < PAGE) return;
      min = `(${scores.at(-1)}`;
    }
  }

  async function* readEnds(key: string) {
    let cursor = '0';
    do {
      const [next, members] = await withUnavailable(() => redis.zscan(key, cursor, 'COUNT', PAGE));
      for (let at = 0; at < members.length; at += 2)
        yield { sequence: Number(members[at]), ...readEndedScore(Number(members[at + 1])) };
      cursor = next;
    } while (cursor !== '0');
  }

  return {
    async readWhole(concertId) {
      const start = await readChanges(concertId, -1);
      if (start === null) return null;
      // What changes while the pages are read is in the log after the start, and `update` applies it.
      const snapshot = createRoomSnapshot(concertId, start.epoch, start.changes, onWait);
      const roomKeys = keys.room(concertId);
      const first = sequenceOf(start.epoch, 1);
      for await (const sequence of readScores(roomKeys.waiting, 0, first)) snapshot.line.restore(sequence);
      for await (const sequence of readScores(roomKeys.leftLine, first, '+inf'))
        snapshot.line.leave(sequence);
      for await (const { sequence, reason, at } of readEnds(roomKeys.ended))
        snapshot.end(sequence, reason, at);
      return snapshot;
    },
    async update(concertId, snapshot) {
      const read = await readChanges(concertId, snapshot.logEnd);
      if (read === null || !read.reaches || read.epoch !== snapshot.epoch) return false;
      snapshot.apply(read.changes);
      return true;
    },
  };
}
