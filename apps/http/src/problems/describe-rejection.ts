import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { unreachable } from '@frontrow/domain/shared/invariant.ts';
import type { Rejection } from '@frontrow/domain/shared/rejections.ts';
import type { FastifyReply } from 'fastify';
import { type Problem, sendProblem } from './problem.ts';

/** Sends the refusal of a use case. */
export function sendRejection(reply: FastifyReply, rejection: Rejection): FastifyReply {
  return sendProblem(reply, describeRejection(rejection));
}

/** Describes a refusal for people, with its facts as members. */
export function describeRejection(rejection: Rejection): Problem {
  const { code } = rejection;
  switch (code) {
    case 'NOT_FOUND':
      return { code, detail: `There is no such ${rejection.what}.` };
    case 'VALIDATION_FAILED':
      return { code, detail: 'The body is not valid.', members: { errors: [...rejection.errors] } };
    case 'TOO_MANY_SEATS': {
      const { maxSeatsPerReservation } = rejection;
      const detail = `One reservation takes at most ${maxSeatsPerReservation} seats.`;
      return { code, detail, members: { maxSeatsPerReservation } };
    }
    case 'SEAT_UNAVAILABLE': {
      const { unavailableSeats } = rejection;
      const detail = `Not available: ${unavailableSeats.join(', ')}. No seat was held.`;
      return { code, detail, members: { unavailableSeats: [...unavailableSeats] } };
    }
    case 'EVENT_NOT_BOOKABLE': {
      const reservationStartAt = formatInstant(rejection.reservationStartAt);
      const reservationEndAt = formatInstant(rejection.reservationEndAt);
      const detail = `The event is on sale from ${reservationStartAt} until ${reservationEndAt}.`;
      return { code, detail, members: { reservationStartAt, reservationEndAt } };
    }
    case 'HOLD_LIMIT_EXCEEDED':
      return {
        code,
        detail: 'Pay or cancel your hold in this concert first.',
        members: { reservationId: rejection.reservationId },
      };
    case 'SEAT_LIMIT_EXCEEDED': {
      const { seatsPerUserMax, seatsBought } = rejection;
      const detail = `A user may have at most ${seatsPerUserMax} seats in this concert. You have bought ${seatsBought}.`;
      return { code, detail, members: { seatsPerUserMax, seatsBought } };
    }
    case 'HOLDS_COOLING_DOWN': {
      const coolsDownAt = formatInstant(rejection.coolsDownAt);
      const detail = `Too many holds were left unpaid. The next one may begin at ${coolsDownAt}.`;
      const retryAfterSeconds = Math.ceil(rejection.retryAfterMs / 1_000);
      return { code, detail, retryAfterSeconds, members: { coolsDownAt } };
    }
    case 'HOLD_EXPIRED': {
      const holdExpiresAt = formatInstant(rejection.holdExpiresAt);
      return { code, detail: `The hold ended at ${holdExpiresAt}.`, members: { holdExpiresAt } };
    }
    case 'RESERVATION_NOT_HELD': {
      const reservationStatus = rejection.status;
      return { code, detail: `The reservation is ${reservationStatus}.`, members: { reservationStatus } };
    }
    case 'EXTENSION_LIMIT_EXCEEDED': {
      const { maxExtensions } = rejection;
      return {
        code,
        detail: `A hold is extended at most ${maxExtensions} times.`,
        members: { maxExtensions },
      };
    }
    case 'INSUFFICIENT_BALANCE': {
      const { balance, amount } = rejection;
      return {
        code,
        detail: `The balance is ${balance}, the amount ${amount}.`,
        members: { balance, amount },
      };
    }
    case 'WALLET_LIMIT_EXCEEDED': {
      const { balanceMax } = rejection;
      return { code, detail: `A wallet holds at most ${balanceMax}.`, members: { balanceMax } };
    }
    case 'ROOM_CLOSED':
      return { code, detail: 'The sale of every date of the concert has ended.' };
    case 'QUEUE_TOKEN_INVALID':
      return { code, detail: 'The Queue-Token is for another concert.' };
    case 'QUEUE_TOKEN_NOT_ACTIVE': {
      const queueTokenStatus = rejection.status;
      return { code, detail: `The Queue-Token is ${queueTokenStatus}.`, members: { queueTokenStatus } };
    }
    case 'IDEMPOTENCY_KEY_REUSED':
      return { code, detail: 'Use a new Idempotency-Key for a new request.' };
    case 'IDEMPOTENCY_IN_PROGRESS':
      return { code, detail: 'Repeat the request with the same key in a moment.' };
    default:
      return unreachable(rejection);
  }
}
