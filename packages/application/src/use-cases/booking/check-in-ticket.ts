import {
  type GateCheckIn,
  type GateRefusal,
  type GateRequest,
  checkInAtGate,
} from '@frontrow/domain/booking/entry-ticket.ts';
import { type Result, refuse } from '@frontrow/domain/shared/result.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';
import { type Answer, type ReplayRefusal, idempotently } from '../../shared/idempotently.ts';

export type CheckInTicketCommand = Omit<GateRequest, 'seatNumber'> & {
  readonly code: string;
  readonly request: IdempotentRequest;
};
export type CheckInTicket = (
  command: CheckInTicketCommand,
) => Promise<Result<Answer<GateCheckIn>, GateRefusal | ReplayRefusal>>;

/** Accepts each entry ticket once. */
export function createCheckInTicket({
  transact,
  ticketCodes,
}: Pick<Ports, 'transact' | 'ticketCodes'>): CheckInTicket {
  return async ({ code, request, ...at }) => {
    const seat = ticketCodes.verify(code);
    if (seat === null) return refuse({ code: 'TICKET_INVALID' });
    return transact(
      ({ idempotency, gateCheckIns }) =>
        idempotently<GateCheckIn, GateRefusal>(idempotency, request, async () => {
          const presented = await gateCheckIns.lock(seat);
          if (presented === null) return refuse({ code: 'TICKET_INVALID' });
          const checkedIn = checkInAtGate(presented, { ...at, seatNumber: seat.seatNumber });
          if (checkedIn.ok) await gateCheckIns.add(checkedIn.value);
          return checkedIn;
        }),
      { reservationId: seat.reservationId },
    );
  };
}
