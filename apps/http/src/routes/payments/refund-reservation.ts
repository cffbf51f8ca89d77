import { callerOf } from '../../plugins/authentication.ts';
import { idempotentRequest, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { reservationParams } from '../shared/path-params.ts';
import { newRefund, presentRefund, refund } from './refund-schema.ts';

export const refundReservation: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/reservations/:reservationId/refund',
    config: {
      identity: 'user',
      countedAs: 'payments',
      idempotencyKey: 'required',
      problems: [
        'NOT_FOUND',
        'RESERVATION_NOT_CONFIRMED',
        'REFUND_CLOSED',
        'SEAT_ALREADY_REFUNDED',
        'SEAT_CHECKED_IN',
      ],
    },
    schema: {
      operationId: 'refundReservation',
      summary: 'Give back seats of a paid reservation for the money that was paid for them',
      description:
        'Until `refundUntil` of the event, each seat once. One transaction pays the money into the ' +
        'wallet and returns the seats to sale. The reservation is REFUNDED with its last seat, and ' +
        'stays CONFIRMED before.',
      tags: ['Payments'],
      params: reservationParams,
      body: newRefund,
      response: { 201: refund },
    },
    handler: async (request, reply) => {
      const refunded = await application.refundReservation({
        userId: callerOf(request).userId,
        reservationId: request.params.reservationId,
        seatNumbers: request.body?.seatNumbers ?? null,
        request: idempotentRequest(request),
      });
      if (!refunded.ok) return sendRefusal(reply, refunded.refusal);
      markReplayed(reply, refunded.value);
      return reply.code(201).send(presentRefund(refunded.value.value));
    },
  });
