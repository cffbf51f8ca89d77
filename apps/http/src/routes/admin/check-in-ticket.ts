import { callerOf } from '../../plugins/authentication.ts';
import { idempotentRequest, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { checkIn, newCheckIn, presentCheckIn } from './gate-check-in-schema.ts';

export const checkInTicket: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/tickets/check-in',
    config: {
      identity: 'check-in',
      idempotencyKey: 'required',
      problems: ['TICKET_INVALID', 'WRONG_EVENT', 'EVENT_CANCELLED', 'TICKET_REFUNDED', 'ALREADY_CHECKED_IN'],
    },
    schema: {
      operationId: 'checkInTicket',
      summary: 'Accept an entry ticket at a gate, once',
      description:
        'Of several gates that scan a ticket at the same moment, one gets 201. A gate that lost its answer repeats the ' +
        'request with the same key; a new scan takes a new key.',
      tags: ['Admin'],
      body: newCheckIn,
      response: { 201: checkIn },
    },
    handler: async (request, reply) => {
      const { code, eventId = null, gate = null } = request.body;
      const { userId: actor } = callerOf(request);
      const checkedIn = await application.checkInTicket({
        code,
        eventId,
        gate,
        actor,
        request: idempotentRequest(request),
      });
      if (!checkedIn.ok) return sendRefusal(reply, checkedIn.refusal);
      markReplayed(reply, checkedIn.value);
      return reply.code(201).send(presentCheckIn(checkedIn.value.value));
    },
  });
