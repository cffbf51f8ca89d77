import { callerOf } from '../../plugins/authentication.ts';
import { idempotentRequest, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { newPayment, payment, presentPayment } from './payment-schema.ts';

export const payReservation: Route = (app, { application, outcomes }) =>
  app.route({
    method: 'POST',
    url: '/v1/payments',
    config: {
      identity: 'user',
      countedAs: 'payments',
      idempotencyKey: 'required',
      problems: [
        'NOT_FOUND',
        'HOLD_EXPIRED',
        'RESERVATION_NOT_HELD',
        'SALES_STOPPED',
        'EVENT_CANCELLED',
        'INSUFFICIENT_BALANCE',
      ],
      answerHeaders: { Location: 'The payment' },
    },
    schema: {
      operationId: 'payReservation',
      summary: 'Pay a live hold from the wallet; no live session is needed',
      description:
        'One transaction takes the money, sells the seats and completes the place in the waiting ' +
        'room. The amount is the sum of the prices of the seats.',
      tags: ['Payments'],
      body: newPayment,
      response: { 201: payment },
    },
    handler: async (request, reply) => {
      const paid = await application.payReservation({
        userId: callerOf(request).userId,
        reservationId: request.body.reservationId,
        request: idempotentRequest(request),
      });
      outcomes.payment(paid);
      if (!paid.ok) return sendRefusal(reply, paid.refusal);
      const body = presentPayment({ ...paid.value.value, refundedAmount: 0 });
      markReplayed(reply, paid.value);
      return reply.code(201).header('Location', `/v1/payments/${body.id}`).send(body);
    },
  });
