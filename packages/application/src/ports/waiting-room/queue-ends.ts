import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { EndReason, Place } from '@frontrow/domain/waiting-room/queue-token.ts';

export type QueueEnd = Place & { readonly reason: EndReason };

/** An end as the room has to learn it. `soldSeats` is how many seats a payment has sold. */
export type PlaceEnd = QueueEnd & { readonly soldSeats?: number };

export type QueueEndReads = {
  /** Null for a place that has not ended. */
  find(place: Place): Promise<EndReason | null>;
  /** The ends that were written at most `withinMs` ago, the oldest first, in pages. */
  listRecent(concertId: ConcertId, withinMs: number): AsyncIterable<readonly QueueEnd[]>;
};

/** The durable ends of places. They outlive a loss of Redis. Writes are idempotent: the first reason stays. */
export type QueueEnds = QueueEndReads & {
  add(end: QueueEnd): Promise<void>;
  /** One statement for all of them. */
  addAll(ends: readonly QueueEnd[]): Promise<void>;
};

export type QueueEndPurge = {
  /** Removes at most `limit` ends that are older than `olderThanMs`. Returns how many. */
  purge(olderThanMs: number, limit: number): Promise<number>;
};
