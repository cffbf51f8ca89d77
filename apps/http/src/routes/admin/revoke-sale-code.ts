import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { saleCodeParams } from '../shared/path-params.ts';
import { presentSaleCode, saleCode, saleCodeRevocation } from './sale-code-schema.ts';

export const revokeSaleCode: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/sale-codes/:saleCodeId/revoke',
    config: { identity: 'sales:write', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'revokeSaleCode',
      summary: 'End a sale code for good; 200 also when repeated',
      description: 'Nobody joins with it any more. Fans who have joined keep their places.',
      tags: ['Admin'],
      params: saleCodeParams,
      body: saleCodeRevocation,
      response: { 200: saleCode },
    },
    handler: async (request, reply) => {
      const revoked = await application.revokeSaleCode({
        ...request.params,
        ...request.body,
        by: adminRequestOf(request),
      });
      if (!revoked.ok) return sendRefusal(reply, revoked.refusal);
      return reply.send(presentSaleCode(revoked.value));
    },
  });
