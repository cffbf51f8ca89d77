import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { unreachable } from '@frontrow/domain/shared/invariant.ts';
import type { Refusal } from '@frontrow/domain/shared/refusals.ts';
import type { FastifyReply } from 'fastify';
import { type Problem, sendProblem } from './problem.ts';

/** Sends the refusal of a use case. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return sendProblem(reply, describeRefusal(refusal));
}

/** Describes a refusal for people, with its facts as members. */
export function describeRefusal(refusal: Refusal): Problem {
  const { code } = refusal;
  switch (code) {
    case 'NOT_FOUND':
      return { code, detail: `There is no such ${refusal.what}.` };
    case 'VALIDATION_FAILED':
      return { code, detail: 'The body is not valid.', members: { errors: [...refusal.errors] } };
    case 'TOO_MANY_SEATS': {
      const { maxSeatsPerReservation } = refusal;
      const detail = `One reservation takes at most ${maxSeatsPerReservation} seats.`;
      return { code, detail, members: { maxSeatsPerReservation } };
    }
    case 'SEAT_UNAVAILABLE': {
      const { unavailableSeats } = refusal;
      const detail = `Not available: ${unavailableSeats.join(', ')}. No seat was held.`;
      return { code, detail, members: { unavailableSeats: [...unavailableSeats] } };
    }
    case 'NO_MATCHING_SEATS': {
      const { togetherMax, availableCount } = refusal;
      const detail = `No free seats meet the request. The same request for ${togetherMax} would get seats.`;
      const none = 'No free seat meets the request.';
      return { code, detail: togetherMax > 0 ? detail : none, members: { togetherMax, availableCount } };
    }
    case 'ORPHAN_SEATS': {
      const [orphanSeats, alternativeSeats] = [[...refusal.orphanSeats], [...refusal.alternativeSeats]];
      const detail = `The choice would leave single seats: ${orphanSeats.join(', ')}. Take them as well, or take ${alternativeSeats.join(', ')}.`;
      return { code, detail, members: { orphanSeats, alternativeSeats } };
    }
    case 'ACCESSIBLE_SEATS_ONLY': {
      const accessibleSeats = [...refusal.accessibleSeats];
      const releaseAt = refusal.accessibleReleaseAt;
      const detail = `Set aside for users who need an accessible seat: ${accessibleSeats.join(', ')}. No seat was held.`;
      const accessibleReleaseAt = releaseAt === null ? null : formatInstant(releaseAt);
      return { code, detail, members: { accessibleSeats, accessibleReleaseAt } };
    }
    case 'COMPANION_SEATS_EXCEEDED': {
      const { companionSeatsMax } = refusal;
      const companionSeats = [...refusal.companionSeats];
      const detail = `An accessible seat has at most ${companionSeatsMax} companion seats, booked together with it. Too many: ${companionSeats.join(', ')}.`;
      return { code, detail, members: { companionSeats, companionSeatsMax } };
    }
    case 'EVENT_NOT_BOOKABLE': {
      const reservationStartAt = formatInstant(refusal.reservationStartAt);
      const reservationEndAt = formatInstant(refusal.reservationEndAt);
      const detail = `The event is on sale from ${reservationStartAt} until ${reservationEndAt}.`;
      return { code, detail, members: { reservationStartAt, reservationEndAt } };
    }
    case 'HAS_RESERVATIONS':
      return { code, detail: 'Seats have been held or sold. Archive the concert, or stop the sales.' };
    case 'PRECONDITION_FAILED': {
      const { version } = refusal;
      return { code, detail: 'Read it again, and send its ETag.', members: { version } };
    }
    case 'EVENT_CANCELLED': {
      const { reason } = refusal;
      return { code, detail: 'The date is cancelled; its reservations are refunded.', members: { reason } };
    }
    case 'EVENT_STARTED': {
      const startsAt = formatInstant(refusal.startsAt);
      return { code, detail: `The date began at ${startsAt}.`, members: { startsAt } };
    }
    case 'SALES_STOPPED': {
      const { reason } = refusal;
      return { code, detail: 'The organiser has stopped the sales.', members: { reason } };
    }
    case 'HOLD_LIMIT_EXCEEDED':
      return {
        code,
        detail: 'Pay or cancel your hold in this concert first.',
        members: { reservationId: refusal.reservationId },
      };
    case 'SEAT_LIMIT_EXCEEDED': {
      const { seatsPerUserMax, seatsBought } = refusal;
      const detail = `A user may have at most ${seatsPerUserMax} seats in this concert. You have bought ${seatsBought}.`;
      return { code, detail, members: { seatsPerUserMax, seatsBought } };
    }
    case 'HOLDS_COOLING_DOWN': {
      const coolsDownAt = formatInstant(refusal.coolsDownAt);
      const detail = `Too many holds were left unpaid. The next one may begin at ${coolsDownAt}.`;
      const retryAfterSeconds = Math.ceil(refusal.retryAfterMs / 1_000);
      return { code, detail, retryAfterSeconds, members: { coolsDownAt } };
    }
    case 'HOLD_EXPIRED': {
      const holdExpiresAt = formatInstant(refusal.holdExpiresAt);
      return { code, detail: `The hold ended at ${holdExpiresAt}.`, members: { holdExpiresAt } };
    }
    case 'RESERVATION_NOT_HELD': {
      const reservationStatus = refusal.status;
      return { code, detail: `The reservation is ${reservationStatus}.`, members: { reservationStatus } };
    }
    case 'RESERVATION_NOT_CONFIRMED': {
      const reservationStatus = refusal.status;
      return { code, detail: `The reservation is ${reservationStatus}.`, members: { reservationStatus } };
    }
    case 'REFUND_CLOSED': {
      const refundUntil = formatInstant(refusal.refundUntil);
      return { code, detail: `Refunds were possible until ${refundUntil}.`, members: { refundUntil } };
    }
    case 'SEAT_ALREADY_REFUNDED': {
      const refundedSeats = [...refusal.refundedSeats];
      const detail = `Refunded already: ${refundedSeats.join(', ')}. No seat was refunded now.`;
      return { code, detail, members: { refundedSeats } };
    }
    case 'SEAT_CHECKED_IN': {
      const checkedInSeats = [...refusal.checkedInSeats];
      const detail = `Checked in: ${checkedInSeats.join(', ')}. Only staff can refund a seat that was used. No seat was refunded.`;
      return { code, detail, members: { checkedInSeats } };
    }
    case 'TICKET_INVALID':
      return { code, detail: 'The code is not one of an entry ticket.' };
    case 'WRONG_EVENT':
      return { code, detail: 'The entry ticket is for another date.', members: { eventId: refusal.eventId } };
    case 'TICKET_REFUNDED':
      return { code, detail: 'The seat of the entry ticket was refunded.' };
    case 'ALREADY_CHECKED_IN': {
      const { gate } = refusal;
      const checkedInAt = formatInstant(refusal.checkedInAt);
      return { code, detail: `The entry ticket was used at ${checkedInAt}.`, members: { checkedInAt, gate } };
    }
    case 'EXTENSION_LIMIT_EXCEEDED': {
      const { maxExtensions } = refusal;
      return {
        code,
        detail: `A hold is extended at most ${maxExtensions} times.`,
        members: { maxExtensions },
      };
    }
    case 'INSUFFICIENT_BALANCE': {
      const { balance, amount } = refusal;
      return {
        code,
        detail: `The balance is ${balance}, the amount ${amount}.`,
        members: { balance, amount },
      };
    }
    case 'WALLET_LIMIT_EXCEEDED': {
      const { balanceMax } = refusal;
      return { code, detail: `A wallet holds at most ${balanceMax}.`, members: { balanceMax } };
    }
    case 'ROOM_CLOSED':
      return { code, detail: 'The sale of every date of the concert has ended.' };
    case 'SALE_CODE_REQUIRED': {
      const publicStartAt = formatInstant(refusal.publicStartAt);
      return { code, detail: `Everybody may join from ${publicStartAt}.`, members: { publicStartAt } };
    }
    case 'SALE_CODE_INVALID':
      return { code, detail: 'The sale code is not valid for this concert now.' };
    case 'SALE_CODE_EXHAUSTED':
      return { code, detail: 'Other users have taken all uses of the sale code.' };
    case 'QUEUE_TOKEN_INVALID':
      return { code, detail: 'The Queue-Token is for another concert.' };
    case 'QUEUE_TOKEN_NOT_ACTIVE': {
      const queueTokenStatus = refusal.status;
      return { code, detail: `The Queue-Token is ${queueTokenStatus}.`, members: { queueTokenStatus } };
    }
    case 'IDEMPOTENCY_KEY_REUSED':
      return { code, detail: 'Use a new Idempotency-Key for a new request.' };
    case 'IDEMPOTENCY_IN_PROGRESS':
      return { code, detail: 'Repeat the request with the same key in a moment.' };
    case 'WEBHOOK_ENDPOINT_LIMIT': {
      const { endpointsMax } = refusal;
      return {
        code,
        detail: `There may be at most ${endpointsMax} webhook endpoints.`,
        members: { endpointsMax },
      };
    }
    case 'WEBHOOKS_NOT_CONFIGURED':
      return { code, detail: 'The operator has to set WEBHOOK_SECRET_KEYS.' };
    default:
      return unreachable(refusal);
  }
}
