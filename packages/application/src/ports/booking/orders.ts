import type { ReservationRecords } from '@frontrow/domain/booking/reservation-history.ts';
import type { Reservation, ReservationStatus } from '@frontrow/domain/booking/reservation.ts';
import type { EventId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import type { Page, PageRequest } from '../shared/page.ts';

/** Null members do not filter. `from` is included and `until` excluded; both are of `createdAt`. */
export type OrderFilter = {
  readonly status: ReservationStatus | null;
  readonly userId: UserId | null;
  readonly seatNumber: number | null;
  readonly from: Instant | null;
  readonly until: Instant | null;
};

export type SeatTotals = {
  readonly sold: number;
  readonly complimentary: number;
  /** By live holds. */
  readonly held: number;
  readonly available: number;
  readonly blocked: number;
};
export type SeatsAtPrice = SeatTotals & { readonly price: Money };

export type SeatsOfCategory = SeatTotals & {
  /** An index of the categories of the present layout; 0 for a date without one. */
  readonly category: number;
  /** The prices of the sold seats. */
  readonly revenue: Money;
  /** Seats that refunds have returned, with all their prices paid back. */
  readonly refunded: number;
};

export type SalesOfHour = {
  /** The start of the hour in UTC. */
  readonly hour: Instant;
  readonly payments: number;
  readonly paid: Money;
  readonly refunded: Money;
};

export type SalesReport = {
  readonly asOf: Instant;
  /** Ascending. */
  readonly byPrice: readonly SeatsAtPrice[];
  /** Ascending by index, without categories that have no seat. */
  readonly byCategory: readonly SeatsOfCategory[];
  /** Ascending, without hours in which nothing happened. */
  readonly byHour: readonly SalesOfHour[];
};

/** What staff read of reservations, as of the database's clock: a lapsed hold is EXPIRED. */
export type OrderReads = {
  /** The reservations of the event that match every member of the filter, newest first. */
  list(eventId: EventId, filter: OrderFilter, page: PageRequest): Promise<Page<Reservation>>;
  /** What is recorded beside the row of a reservation, oldest first. */
  findRecords(reservationId: ReservationId): Promise<Pick<ReservationRecords, 'changes' | 'refunds'>>;
  /** The seats and the money of an event, all as of one moment. Empty for an unknown event. */
  reportSales(eventId: EventId): Promise<SalesReport>;
};
