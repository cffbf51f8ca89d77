import { idempotentRequest, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import { presentRefund, refund, staffRefund } from '../payments/refund-schema.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { reservationParams } from '../shared/path-params.ts';

export const refundByStaff: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/reservations/:reservationId/refund',
    config: {
      identity: 'sales:write',
      idempotencyKey: 'required',
      problems: ['NOT_FOUND', 'RESERVATION_NOT_CONFIRMED', 'SEAT_ALREADY_REFUNDED'],
    },
    schema: {
      operationId: 'refundByStaff',
      summary: 'Refund seats of any user, with a reason',
      description:
        'Also after `refundUntil` of the event. The money goes to the wallet of the user who paid, and the seats ' +
        'return to sale.',
      tags: ['Admin'],
      params: reservationParams,
      body: staffRefund,
      response: { 201: refund },
    },
    handler: async (request, reply) => {
      const refunded = await application.refundByStaff({
        reservationId: request.params.reservationId,
        seatNumbers: request.body.seatNumbers ?? null,
        reason: request.body.reason,
        request: idempotentRequest(request),
        by: adminRequestOf(request),
      });
      if (!refunded.ok) return sendRefusal(reply, refunded.refusal);
      markReplayed(reply, refunded.value);
      return reply.code(201).send(presentRefund(refunded.value.value));
    },
  });
