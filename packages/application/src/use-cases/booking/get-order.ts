import { type EntryTicket, entryTicketsOf } from '@frontrow/domain/booking/entry-ticket.ts';
import { type HistoryEntry, historyOf } from '@frontrow/domain/booking/reservation-history.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';

export type Order = {
  readonly reservation: Reservation;
  readonly history: readonly HistoryEntry[];
  /** None for a reservation that was never paid or given. */
  readonly tickets: readonly EntryTicket[];
};
export type GetOrder = (reservationId: ReservationId) => Promise<Result<Order, NotFound>>;

type GetOrderPorts = Pick<
  Ports,
  'reservationReads' | 'paymentReads' | 'orderReads' | 'gateCheckInReads' | 'catalog'
>;

/** Staff read a reservation of any user, with what happened to it and the states of its tickets. */
export function createGetOrder(ports: GetOrderPorts): GetOrder {
  const { reservationReads, paymentReads, orderReads, gateCheckInReads, catalog } = ports;
  return async (reservationId) => {
    // The records first: what happens between the reads is then in neither, or in the reservation alone.
    const records = await orderReads.findRecords(reservationId);
    const checkIns = await gateCheckInReads.list(reservationId);
    const reservation = await reservationReads.find(reservationId);
    if (reservation === null) return refuse(notFound('reservation'));
    const payment = 'paymentId' in reservation ? await paymentReads.find(reservation.paymentId) : null;
    const event = await catalog.findEvent(reservation.eventId);
    invariant(event !== null, `the event of reservation ${reservationId} does not exist`);
    const tickets = entryTicketsOf(reservation, checkIns, event.sales);
    return ok({
      reservation,
      history: historyOf({ reservation, payment, ...records }),
      tickets: tickets.ok ? tickets.value : [],
    });
  };
}
