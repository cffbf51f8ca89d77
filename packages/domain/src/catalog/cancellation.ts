import type { EventId, UserId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';

/** The cancellation of a date, of which there is one. */
export type Cancellation = {
  readonly eventId: EventId;
  /** Who cancelled the date. */
  readonly actor: UserId;
  /** The organiser's text for fans. */
  readonly reason: string;
};

/** How far the refunds of a cancelled date are. All counts are reservations. */
export type CancellationProgress = Cancellation & {
  readonly cancelledAt: Instant;
  /** Refunded as a whole since the cancellation. */
  readonly refunded: number;
  /** CONFIRMED still. */
  readonly remaining: number;
  /** Null while reservations remain, or may still appear. */
  readonly finishedAt: Instant | null;
};

/**
 * A payment whose transaction began before the cancellation may commit after it. MySQL ends every transaction within less
 * than this, so no reservation appears later.
 */
export const CANCELLATION_SETTLES_MS = 60_000;
