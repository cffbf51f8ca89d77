import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { EndReason, Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { EstimateError } from '@frontrow/domain/waiting-room/wait-estimate/estimate-error.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { MaybePromise } from '@frontrow/application/shared/maybe-promise.ts';
import type { RoomSnapshot } from './room-snapshot.ts';
import { type SnapshotReaderOptions, createSnapshotReader } from './snapshot-reader.ts';

/**
 * One snapshot per room and process. The first read after four fifths of `freshMs` refreshes it in the background; a read
 * after `freshMs` waits for a refresh. Null for an unknown concert.
 */
export type RoomSnapshots = {
  /** Has every change that was made `freshMs` before the call, or 10 s while Redis is away; throws `Unavailable` after that. */
  recent(concertId: ConcertId): MaybePromise<RoomSnapshot | null>;
  /** Has every change that was made `freshMs` before the call. Throws `Unavailable` while Redis is away. */
  fresh(concertId: ConcertId): MaybePromise<RoomSnapshot | null>;
  /** An upper bound of the snapshot's age. */
  ageMs(concertId: ConcertId): number;
  /** Of the estimates that the snapshot has given; null without a snapshot, and before the first wait that is over. */
  estimateError(concertId: ConcertId): EstimateError | null;
  /** Shows an end that this process has written, before the next refresh. */
  end(place: Place, reason: EndReason): void;
  /** The session of a place of an earlier epoch is in the room again, so the snapshot may answer from its ticket. */
  addSession(place: Place): void;
};

export type RoomSnapshotsOptions = SnapshotReaderOptions & { freshMs: number };

/** So that reads of a busy room do not wait: the refresh ends before the snapshot is `freshMs` old. */
const REFRESH_AFTER_SHARE = 0.8;
const STALE_MAX_MS = 10_000;
/** A snapshot that nobody has read for this long is dropped when another room is read for the first time. */
const IDLE_MAX_MS = 600_000;

type Entry = { snapshot: RoomSnapshot | null; takenAt: number; refreshing: Promise<void> | null };

export function createRoomSnapshots(options: RoomSnapshotsOptions): RoomSnapshots {
  const { freshMs } = options;
  const reader = createSnapshotReader(options);
  const entries = new Map<ConcertId, Entry>();

  async function refresh(concertId: ConcertId, entry: Entry): Promise<void> {
    entry.snapshot ??= await reader.readWhole(concertId);
    if (entry.snapshot === null) return;
    const takenAt = performance.now();
    if (await reader.update(concertId, entry.snapshot)) {
      entry.takenAt = takenAt;
      return;
    }
    entry.snapshot = null;
    return refresh(concertId, entry);
  }

  /** Coalesces concurrent refreshes. */
  function refreshOnce(concertId: ConcertId, entry: Entry): Promise<void> {
    entry.refreshing ??= refresh(concertId, entry).finally(() => {
      entry.refreshing = null;
      if (entry.snapshot === null) entries.delete(concertId);
    });
    return entry.refreshing;
  }

  /** The snapshot, taken at `since` or later. A refresh that is under way may have begun before that. */
  async function refreshed(concertId: ConcertId, entry: Entry, since: number): Promise<RoomSnapshot | null> {
    do await refreshOnce(concertId, entry);
    while (entry.takenAt < since && entry.snapshot !== null);
    return entry.snapshot;
  }

  function dropIdle(): void {
    const idleSince = performance.now() - IDLE_MAX_MS;
    for (const [concertId, { takenAt, refreshing }] of entries)
      if (takenAt < idleSince && refreshing === null) entries.delete(concertId);
  }

  function entryOf(concertId: ConcertId): Entry {
    const known = entries.get(concertId);
    if (known !== undefined) return known;
    dropIdle();
    const entry: Entry = { snapshot: null, takenAt: -Infinity, refreshing: null };
    entries.set(concertId, entry);
    return entry;
  }

  /** The snapshot of an entry that is at most `freshMs` old, without waiting. */
  function freshIn(concertId: ConcertId, entry: Entry, now: number): RoomSnapshot | null {
    const ageMs = now - entry.takenAt;
    if (ageMs > freshMs) return null;
    if (ageMs > freshMs * REFRESH_AFTER_SHARE && entry.refreshing === null)
      refreshOnce(concertId, entry).catch(() => {}); // the next read that waits reports the error
    return entry.snapshot;
  }

  return {
    recent(concertId) {
      const entry = entryOf(concertId);
      const now = performance.now();
      const last = freshIn(concertId, entry, now);
      if (last !== null) return last;
      const { snapshot, takenAt } = entry;
      return refreshed(concertId, entry, now - freshMs).catch((error: unknown) => {
        if (snapshot !== null && now - takenAt <= STALE_MAX_MS && error instanceof Unavailable)
          return snapshot;
        throw error;
      });
    },
    fresh(concertId) {
      const entry = entryOf(concertId);
      const now = performance.now();
      return freshIn(concertId, entry, now) ?? refreshed(concertId, entry, now - freshMs);
    },
    estimateError: (concertId) => entries.get(concertId)?.snapshot?.wait.error() ?? null,
    end({ concertId, sequence }, reason) {
      const snapshot = entries.get(concertId)?.snapshot;
      snapshot?.end(sequence, reason, snapshot.asOf);
    },
    addSession: ({ concertId, sequence }) => entries.get(concertId)?.snapshot?.addSession(sequence),
    ageMs: (concertId) => performance.now() - (entries.get(concertId)?.takenAt ?? -Infinity),
  };
}
