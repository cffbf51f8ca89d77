import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { EndReason, Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { MaybePromise } from '@frontrow/application/shared/maybe-promise.ts';
import type { RoomSnapshot } from './room-snapshot.ts';
import { type SnapshotReaderOptions, createSnapshotReader } from './snapshot-reader.ts';

/** One snapshot per room and process, refreshed by the first read after `freshMs`. Null for an unknown concert. */
export type RoomSnapshots = {
  /**
   * At most four times `freshMs` old, or 10 s while Redis is away; throws `Unavailable('redis')` after that. No promise
   * where the snapshot is younger than `freshMs`.
   */
  recent(concertId: ConcertId): MaybePromise<RoomSnapshot | null>;
  /** At most `freshMs` old. Throws `Unavailable('redis')` while Redis is away. */
  fresh(concertId: ConcertId): MaybePromise<RoomSnapshot | null>;
  /** An upper bound of the snapshot's age. */
  ageMs(concertId: ConcertId): number;
  /** Shows an end that this process has written, before the next refresh. */
  end(place: Place, reason: EndReason): void;
  /** The session of a place of an earlier epoch is in the room again, so the snapshot may answer from its ticket. */
  addSession(place: Place): void;
};

export type RoomSnapshotsOptions = SnapshotReaderOptions & { freshMs: number };

/** A refresh in the background is allowed up to this many times `freshMs`. */
const BACKGROUND_REFRESH_MAX = 4;
const STALE_MAX_MS = 10_000;

type Entry = { snapshot: RoomSnapshot | null; takenAt: number; refreshing: Promise<void> | null };

export function createRoomSnapshots(options: RoomSnapshotsOptions): RoomSnapshots {
  const { freshMs } = options;
  const reader = createSnapshotReader(options);
  const entries = new Map<ConcertId, Entry>();

  async function refresh(concertId: ConcertId, entry: Entry): Promise<void> {
    const takenAt = performance.now();
    entry.snapshot ??= await reader.readWhole(concertId);
    if (entry.snapshot === null) return;
    if (await reader.update(concertId, entry.snapshot)) {
      entry.takenAt = takenAt;
      return;
    }
    entry.snapshot = null;
    return refresh(concertId, entry);
  }

  async function refreshed(concertId: ConcertId, entry: Entry): Promise<RoomSnapshot | null> {
    entry.refreshing ??= refresh(concertId, entry).finally(() => (entry.refreshing = null));
    await entry.refreshing;
    if (entry.snapshot === null) entries.delete(concertId);
    return entry.snapshot;
  }

  function entryOf(concertId: ConcertId): Entry {
    const known = entries.get(concertId);
    if (known !== undefined) return known;
    const entry: Entry = { snapshot: null, takenAt: -Infinity, refreshing: null };
    entries.set(concertId, entry);
    return entry;
  }

  /** The refreshed snapshot, or the last one while it may still be shown. */
  async function refreshedOrLast(
    concertId: ConcertId,
    entry: Entry,
    ageMs: number,
  ): Promise<RoomSnapshot | null> {
    const last = entry.snapshot;
    const next = refreshed(concertId, entry);
    if (last !== null && ageMs <= BACKGROUND_REFRESH_MAX * freshMs) {
      next.catch(() => {});
      return last;
    }
    return next.catch((error: unknown) => {
      if (last !== null && ageMs <= STALE_MAX_MS && error instanceof Unavailable) return last;
      throw error;
    });
  }

  return {
    recent(concertId) {
      const entry = entryOf(concertId);
      const ageMs = performance.now() - entry.takenAt;
      return ageMs <= freshMs ? entry.snapshot : refreshedOrLast(concertId, entry, ageMs);
    },
    fresh(concertId) {
      const entry = entryOf(concertId);
      const isFresh = performance.now() - entry.takenAt <= freshMs;
      return isFresh && entry.snapshot !== null ? entry.snapshot : refreshed(concertId, entry);
    },
    end({ concertId, sequence }, reason) {
      const snapshot = entries.get(concertId)?.snapshot;
      snapshot?.end(sequence, reason, snapshot.asOf);
    },
    addSession: ({ concertId, sequence }) => entries.get(concertId)?.snapshot?.addSession(sequence),
    ageMs: (concertId) => performance.now() - (entries.get(concertId)?.takenAt ?? -Infinity),
  };
}
