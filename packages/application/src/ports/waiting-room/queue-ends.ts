import type { EndReason, Place } from '@frontrow/domain/waiting-room/queue-token.ts';

export type QueueEnd = Place & { readonly reason: EndReason };

export type QueueEndReads = {
  /** Null for a place that has not ended, or by time alone. */
  find(place: Place): Promise<EndReason | null>;
};

/** The durable ends of places by payment, leaving or an organiser. They outlive a loss of Redis. */
export type QueueEnds = QueueEndReads & {
  /** Idempotent. The first reason stays. */
  add(end: QueueEnd): Promise<void>;
};
