import type { BlockedSeatFacts } from '@frontrow/domain/halls/blocked-ranges.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/refusals.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Page, PageRequest } from '../shared/page.ts';

export type BlockedSeatReads = {
  /** By number. */
  list(eventId: EventId, page: PageRequest): Promise<Page<BlockedSeatFacts>>;
};

/**
 * Blocked seats inside a transaction. Lists are ascending by number and name seats that the event has. Every call locks the rows of
 * all its seats, in ascending order.
 */
export type BlockedSeats = {
  /**
   * Blocks all of the seats or none: none where one is held or sold by the database's clock, read after the rows are
   * locked. A blocked seat gets the new reason. Returns the seats that were blocked before, with the reasons of then.
   */
  block(
    eventId: EventId,
    seats: readonly BlockedSeatFacts[],
  ): Promise<Result<readonly BlockedSeatFacts[], SeatUnavailable>>;
  /** BLOCKED to AVAILABLE. Returns the seats that were blocked, with their reasons. */
  release(eventId: EventId, seatNumbers: readonly number[]): Promise<readonly BlockedSeatFacts[]>;
};
