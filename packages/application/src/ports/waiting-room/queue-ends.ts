import type { EndReason, Place } from '@frontrow/domain/waiting-room/queue-token.ts';

export type QueueEnd = Place & { readonly reason: EndReason };

export type QueueEndReads = {
  /** Why the place has ended for good, or null. */
  find(place: Place): Promise<EndReason | null>;
};

/** Places that have ended by payment, leaving or an admin: the durable word, whatever Redis remembers. */
export type QueueEnds = QueueEndReads & {
  /** Repeating it changes nothing: the first reason stays. */
  add(end: QueueEnd): Promise<void>;
};
