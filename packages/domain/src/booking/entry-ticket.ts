import type { Sales } from '../catalog/sales.ts';
import { seatsLeft } from '../payments/refund.ts';
import type { EventId, ReservationId, UserId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import type {
  AlreadyCheckedIn,
  EventCancelled,
  ReservationNotConfirmed,
  TicketInvalid,
  TicketRefunded,
  WrongEvent,
} from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import type { Reservation } from './reservation.ts';

/** What an entry ticket is for. A seat that is sold again belongs to another reservation, so it has another ticket. */
export type TicketSeat = { readonly reservationId: ReservationId; readonly seatNumber: number };

/** The record that staff at a gate accepted an entry ticket. An entry ticket has at most one. */
export type GateCheckIn = TicketSeat & {
  readonly eventId: EventId;
  /** The name of the gate; null where staff gave none. */
  readonly gate: string | null;
  /** Who scanned the ticket. */
  readonly actor: UserId;
  readonly checkedInAt: Instant;
};

/** A ticket of a cancelled date is CANCELLED until its seat is refunded. Only VALID opens a gate. */
export type TicketStatus = 'VALID' | 'CHECKED_IN' | 'CANCELLED' | 'REFUNDED';

/** The right to enter a date once, with one seat of a paid reservation. */
export type EntryTicket = {
  readonly seatNumber: number;
  readonly status: TicketStatus;
  readonly checkedInAt: Instant | null;
};

/** The tickets of all seats that were paid, also of those that were refunded since. `sales` are those of the date. */
export function entryTicketsOf(
  reservation: Reservation,
  checkIns: readonly GateCheckIn[],
  sales: Sales,
): Result<readonly EntryTicket[], ReservationNotConfirmed> {
  if (reservation.status !== 'CONFIRMED' && reservation.status !== 'REFUNDED')
    return refuse({ code: 'RESERVATION_NOT_CONFIRMED', status: reservation.status });
  const tickets = reservation.seatNumbers.map((seatNumber): EntryTicket => {
    const checkedInAt = checkIns.find((checkIn) => checkIn.seatNumber === seatNumber)?.checkedInAt ?? null;
    if (reservation.refundedSeats.includes(seatNumber))
      return { seatNumber, status: 'REFUNDED', checkedInAt };
    if (sales.state === 'CANCELLED') return { seatNumber, status: 'CANCELLED', checkedInAt };
    return { seatNumber, status: checkedInAt === null ? 'VALID' : 'CHECKED_IN', checkedInAt };
  });
  return ok(tickets);
}

/** What decides on a ticket, read in one transaction. */
export type PresentedTicket = {
  /** Locked. */
  readonly reservation: Reservation;
  /** Of its date. */
  readonly sales: Sales;
  /** The earlier check-in of the seat. */
  readonly checkIn: GateCheckIn | null;
  /** Read after the lock. */
  readonly asOf: Instant;
};

/** A ticket at a gate. */
export type GateRequest = {
  readonly seatNumber: number;
  /** The date that the gate admits to; null where the gate does not say. */
  readonly eventId: EventId | null;
  readonly gate: string | null;
  readonly actor: UserId;
};

export type GateRefusal = TicketInvalid | WrongEvent | EventCancelled | TicketRefunded | AlreadyCheckedIn;

/** Decides whether a ticket opens the gate. */
export function checkInAtGate(
  { reservation, sales, checkIn, asOf }: PresentedTicket,
  { seatNumber, eventId, gate, actor }: GateRequest,
): Result<GateCheckIn, GateRefusal> {
  const { id: reservationId, seatNumbers } = reservation;
  const isPaid = reservation.status === 'CONFIRMED' || reservation.status === 'REFUNDED';
  if (!isPaid || !seatNumbers.includes(seatNumber)) return refuse({ code: 'TICKET_INVALID' });
  if (eventId !== null && eventId !== reservation.eventId)
    return refuse({ code: 'WRONG_EVENT', eventId: reservation.eventId });
  if (sales.state === 'CANCELLED') return refuse({ code: 'EVENT_CANCELLED', reason: sales.reason });
  if (reservation.status === 'REFUNDED' || !seatsLeft(reservation).includes(seatNumber))
    return refuse({ code: 'TICKET_REFUNDED' });
  if (checkIn !== null)
    return refuse({ code: 'ALREADY_CHECKED_IN', checkedInAt: checkIn.checkedInAt, gate: checkIn.gate });
  return ok({ reservationId, seatNumber, eventId: reservation.eventId, gate, actor, checkedInAt: asOf });
}
