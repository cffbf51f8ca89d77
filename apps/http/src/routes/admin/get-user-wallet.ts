import { presentWallet, wallet } from '../payments/wallet-schema.ts';
import type { Route } from '../route.ts';
import { userParams } from '../shared/path-params.ts';

export const getUserWallet: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/users/:userId/wallet',
    config: { identity: 'sales:read' },
    schema: {
      operationId: 'getUserWallet',
      summary: 'Read the balance of a user, 0 for a new one',
      description: 'The balance is the sum of the entries of the ledger.',
      tags: ['Admin'],
      params: userParams,
      response: { 200: wallet },
    },
    handler: async ({ params: { userId } }, reply) =>
      reply.send(presentWallet(await application.getWallet(userId))),
  });
