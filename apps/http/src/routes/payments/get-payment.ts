import { callerOf } from '../../plugins/authentication.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { paymentParams } from '../shared/path-params.ts';
import { payment, presentPayment } from './payment-schema.ts';

export const getPayment: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/payments/:paymentId',
    config: { identity: 'user', countedAs: 'reads', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getPayment',
      summary: "Read one of the caller's payments",
      description: 'A payment of another user is not found.',
      tags: ['Payments'],
      params: paymentParams,
      response: { 200: payment },
    },
    handler: async (request, reply) => {
      const { paymentId } = request.params;
      const found = await application.getPayment({ userId: callerOf(request).userId, paymentId });
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return reply.send(presentPayment(found.value));
    },
  });
