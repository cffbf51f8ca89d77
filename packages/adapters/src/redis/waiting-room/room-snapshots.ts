import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type EndReason, type Place, sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { MaybePromise } from '@frontrow/application/shared/maybe-promise.ts';
import { withUnavailable } from '../connection/connection.ts';
import type { Keys } from '../connection/keys.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { RoomChanges } from './room-changes.ts';
import { type RoomSnapshot, createRoomSnapshot } from './room-snapshot.ts';
import { readEndedScore } from './ended-score.ts';
import { readLogEntry } from './room-log.ts';
import { roomIn } from './room-replies.ts';
import type { RunInRoom } from './room-runner.ts';
import type { RedisClient } from './room-scripts.ts';
import type { OnWait } from '@frontrow/application/waiting-room/wait-tracker.ts';

/** One snapshot per room and process, taken anew when it is asked for and has become old. */
export type RoomSnapshots = {
  /**
   * At once where the snapshot is young enough to be shown as it is. Null for an unknown concert. Throws
   * `Unavailable('redis')` where Redis has been away for too long.
   */
  of(concertId: ConcertId): MaybePromise<RoomSnapshot | null>;
  /** Shows an end that this process has written, before the next snapshot. */
  end(place: Place, reason: EndReason): void;
  /** The session of a place of an earlier epoch is in the room again, so the snapshot may answer from its ticket. */
  addSession(place: Place): void;
  /** The same, but never an older one. Throws `Unavailable('redis')` while Redis is away. */
  fresh(concertId: ConcertId): MaybePromise<RoomSnapshot | null>;
  /** How long ago the room's snapshot was taken, at most. */
  ageMs(concertId: ConcertId): number;
};

export type RoomSnapshotsOptions = {
  redis: RedisClient;
  keys: Keys;
  rooms: OpenRooms;
  inRoom: RunInRoom;
  /** A younger snapshot is shown as it is; whoever meets one four times as old waits for the new one. */
  freshMs: number;
  onWait: OnWait;
};

/** While Redis is away, polls are answered from the last snapshot for this long. */
const STALE_MAX_MS = 10_000;
const PAGE = 10_000;

type Entry = { snapshot: RoomSnapshot | null; takenAt: number; taking: Promise<void> | null };

export function createRoomSnapshots(options: RoomSnapshotsOptions): RoomSnapshots {
  const { redis, keys, rooms, inRoom, freshMs, onWait } = options;
  const entries = new Map<ConcertId, Entry>();

  async function readChanges(concertId: ConcertId, followed: number) {
    const reply = await inRoom('snapshot', concertId, [followed]);
    if (reply === null) return null;
    const config = await rooms.configOf(concertId, reply.version);
    const { epoch, reaches, logEnd, watermark, counter, admittedTotal, waiting, parked, active } = reply;
    const changes: RoomChanges = {
      ...roomIn(reply, config),
      watermark,
      counter,
      followed: logEnd,
      admittedTotal,
      waiting,
      parked,
      active,
      entries: reply.changes.map(readLogEntry),
    };
    return { changes, epoch, reaches };
  }

  /** Members with their scores, a page at a time, by ascending score; no two members share one. */
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

  /** Reads the whole room. What changes meanwhile is in the log behind the point where the reading began. */
  async function takeWhole(concertId: ConcertId): Promise<RoomSnapshot | null> {
    const start = await readChanges(concertId, -1);
    if (start === null) return null;
    const snapshot = createRoomSnapshot(start.epoch, start.changes, onWait);
    const roomKeys = keys.room(concertId);
    const base = sequenceOf(start.epoch, 1);
    for await (const sequence of readScores(roomKeys.waiting, 0, base)) snapshot.line.comeBack(sequence);
    for await (const sequence of readScores(roomKeys.gone, base, '+inf')) snapshot.line.leave(sequence);
    let cursor = '0';
    do {
      const [next, members] = await withUnavailable(() => redis.zscan(roomKeys.ended, cursor, 'COUNT', PAGE));
      for (let at = 0; at < members.length; at += 2) {
        const { reason, at: endedAt } = readEndedScore(Number(members[at + 1]));
        snapshot.end(Number(members[at]), reason, endedAt);
      }
      cursor = next;
    } while (cursor !== '0');
    return snapshot;
  }

  async function take(concertId: ConcertId, entry: Entry): Promise<void> {
    const takenAt = performance.now();
    entry.snapshot ??= await takeWhole(concertId);
    if (entry.snapshot === null) return;
    const read = await readChanges(concertId, entry.snapshot.followed);
    if (read === null || !read.reaches || read.epoch !== entry.snapshot.epoch) {
      entry.snapshot = null;
      return take(concertId, entry);
    }
    entry.snapshot.follow(read.changes);
    entry.takenAt = takenAt;
  }

  function refresh(concertId: ConcertId, entry: Entry): Promise<void> {
    entry.taking ??= take(concertId, entry).finally(() => (entry.taking = null));
    return entry.taking;
  }

  function entryOf(concertId: ConcertId): Entry {
    const known = entries.get(concertId);
    if (known !== undefined) return known;
    const entry: Entry = { snapshot: null, takenAt: -Infinity, taking: null };
    entries.set(concertId, entry);
    return entry;
  }

  /** The snapshot after a refresh, or the last one while it may still be shown. */
  async function showable(concertId: ConcertId, entry: Entry, ageMs: number): Promise<RoomSnapshot | null> {
    const last = entry.snapshot;
    const refreshed = refreshedOf(concertId, entry);
    if (last !== null && ageMs <= 4 * freshMs) {
      refreshed.catch(() => {});
      return last;
    }
    return refreshed.catch((error: unknown) => {
      if (last !== null && ageMs <= STALE_MAX_MS && error instanceof Unavailable) return last;
      throw error;
    });
  }

  async function refreshedOf(concertId: ConcertId, entry: Entry): Promise<RoomSnapshot | null> {
    await refresh(concertId, entry);
    if (entry.snapshot === null) entries.delete(concertId);
    return entry.snapshot;
  }

  return {
    of(concertId) {
      const entry = entryOf(concertId);
      const ageMs = performance.now() - entry.takenAt;
      return ageMs <= freshMs ? entry.snapshot : showable(concertId, entry, ageMs);
    },
    fresh(concertId) {
      const entry = entryOf(concertId);
      const isFresh = performance.now() - entry.takenAt <= freshMs;
      return isFresh && entry.snapshot !== null ? entry.snapshot : refreshedOf(concertId, entry);
    },
    end({ concertId, sequence }, reason) {
      const snapshot = entries.get(concertId)?.snapshot;
      snapshot?.end(sequence, reason, snapshot.asOf);
    },
    addSession: ({ concertId, sequence }) => entries.get(concertId)?.snapshot?.addSession(sequence),
    ageMs: (concertId) => performance.now() - (entries.get(concertId)?.takenAt ?? -Infinity),
  };
}
