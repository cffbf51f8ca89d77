import { callerOf } from '../../plugins/authentication.ts';
import type { Route } from '../route.ts';
import { pageQuery, presentPage, parsePageQuery } from '../shared/paging.ts';
import { paymentPage, presentPayment } from './payment-schema.ts';

export const listPayments: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/payments',
    config: { identity: 'user', countedAs: 'reads' },
    schema: {
      operationId: 'listPayments',
      summary: "List the caller's payments, newest first",
      description:
        'Pages by cursor. A refused payment of a reservation is FAILED, once for each code, and is listed for 30 days.',
      tags: ['Payments'],
      querystring: pageQuery,
      response: { 200: paymentPage },
    },
    handler: async (request, reply) => {
      const page = parsePageQuery('payments', request.query);
      const listed = await application.listPayments(callerOf(request).userId, page);
      return reply.send(presentPage('payments', listed, presentPayment));
    },
  });
