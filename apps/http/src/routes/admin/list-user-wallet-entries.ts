import { presentWalletEntry, walletEntryPage } from '../payments/wallet-schema.ts';
import type { Route } from '../route.ts';
import { pageQuery, parsePageQuery, presentPage } from '../shared/paging.ts';
import { userParams } from '../shared/path-params.ts';

export const listUserWalletEntries: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/users/:userId/wallet/entries',
    config: { identity: 'sales:read' },
    schema: {
      operationId: 'listUserWalletEntries',
      summary: 'List the ledger of a user, newest first',
      description: 'Pages by cursor. The amounts of payments are negative.',
      tags: ['Admin'],
      params: userParams,
      querystring: pageQuery,
      response: { 200: walletEntryPage },
    },
    handler: async ({ params: { userId }, query }, reply) => {
      const listed = await application.listWalletEntries(userId, parsePageQuery('wallet-entries', query));
      return reply.send(presentPage('wallet-entries', listed, presentWalletEntry));
    },
  });
