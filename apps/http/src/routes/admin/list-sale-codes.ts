import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { pageQuery, parsePageQuery, presentPage } from '../shared/paging.ts';
import { concertParams } from '../shared/path-params.ts';
import { presentSaleCode, saleCodePage } from './sale-code-schema.ts';

export const listSaleCodes: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/concerts/:concertId/sale-codes',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'listSaleCodes',
      summary: 'List the sale codes of a concert with their uses, newest first',
      description: 'Without the codes themselves. Pages by cursor.',
      tags: ['Admin'],
      params: concertParams,
      querystring: pageQuery,
      response: { 200: saleCodePage },
    },
    handler: async ({ params, query }, reply) => {
      const listed = await application.listSaleCodes(params.concertId, parsePageQuery('sale-codes', query));
      if (!listed.ok) return sendRefusal(reply, listed.refusal);
      return reply.send(presentPage('sale-codes', listed.value, presentSaleCode));
    },
  });
