import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { WalletCharges } from '../../config.ts';
import type { Identity } from '../../identity/authenticator.ts';
import { allows } from '../../identity/scopes.ts';
import { callerOf } from '../../plugins/authentication.ts';
import { idempotentRequest, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import { Refused, invalidRequest } from '../../problems/errors.ts';
import type { Route } from '../route.ts';
import { charge, newCharge, presentCharge } from './wallet-schema.ts';

export const chargeWallet: Route = (app, { application, walletCharges }) =>
  app.route({
    method: 'POST',
    url: '/v1/wallet/charges',
    config: {
      ...(walletCharges === 'scoped'
        ? { identity: 'wallet:charge' } // not limited: one service charges the wallets of all users
        : { identity: 'user', countedAs: 'charges' }),
      idempotencyKey: 'required',
      problems: ['FORBIDDEN', 'WALLET_LIMIT_EXCEEDED'],
    },
    schema: {
      operationId: 'chargeWallet',
      summary: 'Add money to the wallet of a user',
      description:
        'For the service that takes the money. The repeat of a charge with the same key charges once. ' +
        'Where `WALLET_CHARGES` is `open`, every user may charge their own wallet.',
      tags: ['Wallet'],
      body: newCharge,
      response: { 201: charge },
    },
    handler: async (request, reply) => {
      const { amount, userId } = request.body;
      const charged = await application.chargeWallet({
        userId: chargedUser(callerOf(request), userId, walletCharges),
        amount,
        request: idempotentRequest(request),
      });
      if (!charged.ok) return sendRefusal(reply, charged.refusal);
      markReplayed(reply, charged.value);
      return reply.code(201).send(presentCharge(charged.value.value));
    },
  });

/** Throws `Refused` for the wallet of another user without the scope, and for a service that names nobody. */
function chargedUser(caller: Identity, named: UserId | undefined, walletCharges: WalletCharges): UserId {
  if (named === undefined && walletCharges === 'scoped')
    throw invalidRequest([{ pointer: '/userId', detail: 'must name the user whose wallet is charged' }]);
  const userId = named ?? caller.userId;
  if (userId !== caller.userId && !allows(caller.scopes, 'wallet:charge'))
    throw new Refused({ code: 'FORBIDDEN', detail: 'The access token needs the scope wallet:charge.' });
  return userId;
}
