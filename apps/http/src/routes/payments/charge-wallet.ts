import { callerOf } from '../../plugins/authentication.ts';
import { idempotentRequest, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { charge, newCharge, presentCharge } from './wallet-schema.ts';

export const chargeWallet: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/wallet/charges',
    config: {
      identity: 'user',
      countedAs: 'charges',
      idempotencyKey: 'required',
      problems: ['WALLET_LIMIT_EXCEEDED'],
    },
    schema: {
      operationId: 'chargeWallet',
      summary: "Add money to the caller's wallet",
      description: 'The repeat of a charge with the same key charges once.',
      tags: ['Wallet'],
      body: newCharge,
      response: { 201: charge },
    },
    handler: async (request, reply) => {
      const charged = await application.chargeWallet({
        userId: callerOf(request).userId,
        amount: request.body.amount,
        request: idempotentRequest(request),
      });
      if (!charged.ok) return sendRefusal(reply, charged.refusal);
      markReplayed(reply, charged.value);
      return reply.code(201).send(presentCharge(charged.value.value));
    },
  });
