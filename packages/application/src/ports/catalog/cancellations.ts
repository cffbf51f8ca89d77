import type { Cancellation, CancellationProgress } from '@frontrow/domain/catalog/cancellation.ts';
import type { EventId, ReservationId } from '@frontrow/domain/shared/ids.ts';

/** What is left to end after a cancellation. */
export type OpenReservations = {
  readonly eventId: EventId;
  /** Live and lapsed holds, or paid reservations. */
  readonly status: 'HELD' | 'CONFIRMED';
  readonly after: ReservationId | null;
  readonly limit: number;
};

export type CancellationReads = {
  /** Null for a date that is not cancelled. */
  find(eventId: EventId): Promise<CancellationProgress | null>;
  /** Oldest first. */
  listUnfinished(limit: number): Promise<readonly Cancellation[]>;
  /** The ids of reservations of a date as they are stored, in their order after `after`. Locks nothing. */
  listOpen(query: OpenReservations): Promise<readonly ReservationId[]>;
};

/** Cancellations inside a transaction. */
export type Cancellations = {
  /** Throws for a second cancellation of a date, which a unique key forbids. */
  add(cancellation: Cancellation): Promise<void>;
  /** Finishes those that began at least `settlesMs` ago and have no reservation left, HELD or CONFIRMED. */
  finish(eventId: EventId, settlesMs: number): Promise<void>;
};
