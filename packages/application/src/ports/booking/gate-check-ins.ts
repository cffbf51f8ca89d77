import type { GateCheckIn, PresentedTicket, TicketSeat } from '@frontrow/domain/booking/entry-ticket.ts';
import type { EventId, ReservationId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';

export type GateCheckInReads = {
  /** The check-ins of a reservation, by ascending seat. */
  list(reservationId: ReservationId): Promise<readonly GateCheckIn[]>;
  /** Null for an unknown event. */
  count(eventId: EventId): Promise<GateCounts | null>;
};

/** As of one moment of the database's clock. */
export type GateCounts = {
  /** The seats that are sold. */
  readonly ticketCount: number;
  /** Those of them that are checked in. */
  readonly checkedInCount: number;
  readonly asOf: Instant;
};

/** Check-ins inside a transaction. */
export type GateCheckIns = {
  /** Locks the reservation, so that neither a refund nor another check-in of its seats decides at the same time. */
  lock(seat: TicketSeat): Promise<PresentedTicket | null>;
  /** Throws for a second check-in of a seat of the same reservation, which a unique key forbids. */
  add(checkIn: GateCheckIn): Promise<void>;
};
