import { idempotentRequest, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import { newAdjustment, presentWalletEntry, walletEntry } from '../payments/wallet-schema.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { userParams } from '../shared/path-params.ts';

export const adjustWallet: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/users/:userId/wallet/adjustments',
    config: {
      identity: 'admin',
      idempotencyKey: 'required',
      problems: ['INSUFFICIENT_BALANCE', 'WALLET_LIMIT_EXCEEDED'],
    },
    schema: {
      operationId: 'adjustWallet',
      summary: 'Correct the balance of a user, with a reason',
      description: 'The ledger has an entry ADJUSTMENT, and the audit log the reason.',
      tags: ['Admin'],
      params: userParams,
      body: newAdjustment,
      response: { 201: walletEntry },
    },
    handler: async (request, reply) => {
      const adjusted = await application.adjustWallet({
        ...request.params,
        ...request.body,
        request: idempotentRequest(request),
        by: adminRequestOf(request),
      });
      if (!adjusted.ok) return sendRefusal(reply, adjusted.refusal);
      markReplayed(reply, adjusted.value);
      return reply.code(201).send(presentWalletEntry(adjusted.value.value));
    },
  });
