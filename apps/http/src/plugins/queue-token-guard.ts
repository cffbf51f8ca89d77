import type { TokenSigner } from '@frontrow/application/ports/waiting-room/token-signer.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { FastifyInstance, FastifyRequest, preHandlerHookHandler } from 'fastify';
import { Refused } from '../problems/errors.ts';
import { prependHook } from './route-hooks.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route needs a ticket with a valid signature; where it identifies a caller, the ticket of that caller. */
    queueToken?: 'required';
  }
  interface FastifyRequest {
    ticket: Ticket | null;
  }
}

/** Checks the signature and the owner of the ticket; the use cases check the status of its place. */
export function addQueueTokenGuard(app: FastifyInstance, signer: Pick<TokenSigner, 'verify'>): void {
  app.decorateRequest('ticket', null);

  const guard: preHandlerHookHandler = (request, _reply, done) => {
    const token = request.headers['queue-token'];
    if (typeof token !== 'string' || token === '')
      return done(new Refused({ code: 'QUEUE_TOKEN_REQUIRED', detail: 'Send the header Queue-Token.' }));
    const ticket = signer.verify(token);
    if (ticket === null || (request.caller !== null && request.caller.userId !== ticket.userId))
      return done(
        new Refused({ code: 'QUEUE_TOKEN_INVALID', detail: 'Join the waiting room for a new one.' }),
      );
    request.ticket = ticket;
    done();
  };
  app.addHook('onRoute', (route) => {
    if (route.config?.queueToken === 'required') route.preHandler = prependHook(guard, route.preHandler);
  });
}

/** The ticket of a request to a route that needs one. */
export function ticketOf({ ticket, url }: FastifyRequest): Ticket {
  invariant(ticket !== null, `${url} was reached without a ticket`);
  return ticket;
}
