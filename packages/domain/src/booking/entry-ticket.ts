import { seatsLeft } from '../payments/refund.ts';
import type { EventId, ReservationId, UserId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import type {
  AlreadyCheckedIn,
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

/** The right to enter a date once, with one seat of a paid reservation. */
export type EntryTicket = {
  readonly seatNumber: number;
  readonly status: 'VALID' | 'CHECKED_IN' | 'REFUNDED';
  readonly checkedInAt: Instant | null;
};

/** The tickets of all seats that were paid, also of those that were refunded since. */
export function entryTicketsOf(
  reservation: Reservation,
  checkIns: readonly GateCheckIn[],
): Result<readonly EntryTicket[], ReservationNotConfirmed> {
  if (reservation.status !== 'CONFIRMED' && reservation.status !== 'REFUNDED')
    return refuse({ code: 'RESERVATION_NOT_CONFIRMED', status: reservation.status });
  const tickets = reservation.seatNumbers.map((seatNumber): EntryTicket => {
    const checkedInAt = checkIns.find((checkIn) => checkIn.seatNumber === seatNumber)?.checkedInAt ?? null;
    if (reservation.refundedSeats.includes(seatNumber))
      return { seatNumber, status: 'REFUNDED', checkedInAt };
    return { seatNumber, status: checkedInAt === null ? 'VALID' : 'CHECKED_IN', checkedInAt };
  });
  return ok(tickets);
}

/** A presented ticket, and where it is presented. */
export type GateRequest = {
  readonly seatNumber: number;
  /** The date that the gate admits to; null where the gate does not say. */
  readonly eventId: EventId | null;
  readonly gate: string | null;
  readonly actor: UserId;
};

export type GateRefusal = TicketInvalid | WrongEvent | TicketRefunded | AlreadyCheckedIn;

/** Decides whether a ticket opens the gate. `reservation` is locked; `earlier` is the check-in of the seat, if any. */
export function checkInAtGate(
  reservation: Reservation,
  { seatNumber, eventId, gate, actor }: GateRequest,
  earlier: GateCheckIn | null,
  now: Instant,
): Result<GateCheckIn, GateRefusal> {
  const { id: reservationId, seatNumbers } = reservation;
  const isPaid = reservation.status === 'CONFIRMED' || reservation.status === 'REFUNDED';
  if (!isPaid || !seatNumbers.includes(seatNumber)) return refuse({ code: 'TICKET_INVALID' });
  if (eventId !== null && eventId !== reservation.eventId)
    return refuse({ code: 'WRONG_EVENT', eventId: reservation.eventId });
  if (reservation.status === 'REFUNDED' || !seatsLeft(reservation).includes(seatNumber))
    return refuse({ code: 'TICKET_REFUNDED' });
  if (earlier !== null)
    return refuse({ code: 'ALREADY_CHECKED_IN', checkedInAt: earlier.checkedInAt, gate: earlier.gate });
  return ok({ reservationId, seatNumber, eventId: reservation.eventId, gate, actor, checkedInAt: now });
}
