import { type HistoryEntry, historyOf } from '@frontrow/domain/booking/reservation-history.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';

export type Order = { readonly reservation: Reservation; readonly history: readonly HistoryEntry[] };
export type GetOrder = (reservationId: ReservationId) => Promise<Result<Order, NotFound>>;

type GetOrderPorts = Pick<Ports, 'reservationReads' | 'paymentReads' | 'orderReads'>;

/** Staff read a reservation of any user, with what happened to it. */
export function createGetOrder({ reservationReads, paymentReads, orderReads }: GetOrderPorts): GetOrder {
  return async (reservationId) => {
    // The records first: what happens between the reads is then in neither, or in the reservation alone.
    const records = await orderReads.findRecords(reservationId);
    const reservation = await reservationReads.find(reservationId);
    if (reservation === null) return refuse(notFound('reservation'));
    const payment = 'paymentId' in reservation ? await paymentReads.find(reservation.paymentId) : null;
    return ok({ reservation, history: historyOf({ reservation, payment, ...records }) });
  };
}
