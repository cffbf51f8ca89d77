import { callerOf } from '../../plugins/authentication.ts';
import type { Route } from '../route.ts';
import { presentWallet, wallet } from './wallet-schema.ts';

export const getWallet: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/wallet',
    config: { identity: 'user', countedAs: 'reads' },
    schema: {
      operationId: 'getWallet',
      summary: "Read the caller's balance, 0 for a new user",
      description: 'The balance is the sum of the entries of the ledger.',
      tags: ['Wallet'],
      response: { 200: wallet },
    },
    handler: async (request, reply) =>
      reply.send(presentWallet(await application.getWallet(callerOf(request).userId))),
  });
