import { callerOf } from '../../plugins/authentication.ts';
import type { Route } from '../route.ts';
import { pageQuery, presentPage, parsePageQuery } from '../shared/paging.ts';
import { presentWalletEntry, walletEntryPage } from './wallet-schema.ts';

export const listWalletEntries: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/wallet/entries',
    config: { identity: 'user', countedAs: 'reads' },
    schema: {
      operationId: 'listWalletEntries',
      summary: "List the ledger of the caller's wallet, newest first",
      description: 'Pages by cursor. The amounts of payments are negative.',
      tags: ['Wallet'],
      querystring: pageQuery,
      response: { 200: walletEntryPage },
    },
    handler: async (request, reply) => {
      const page = parsePageQuery('wallet-entries', request.query);
      const listed = await application.listWalletEntries(callerOf(request).userId, page);
      return reply.send(presentPage('wallet-entries', listed, presentWalletEntry));
    },
  });
