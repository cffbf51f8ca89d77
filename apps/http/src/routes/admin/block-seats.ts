import { idempotentRequestIfAny, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { eventParams } from '../shared/path-params.ts';
import { changedBlocks, presentChangedBlocks, seatSelection, selectionOf } from './blocked-seats-schema.ts';

export const blockSeats: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/events/:eventId/blocked-seats',
    config: {
      identity: 'sales:write',
      idempotencyKey: 'accepted',
      problems: ['NOT_FOUND', 'EVENT_CANCELLED', 'SEAT_UNAVAILABLE'],
    },
    schema: {
      operationId: 'blockSeats',
      summary: 'Keep seats back from sale, with a reason',
      description:
        'All of them or none. Held and sold seats are never blocked: the refusal names them. A blocked seat gets the new ' +
        'reason. Fans see BLOCKED, without the reason.',
      tags: ['Admin'],
      params: eventParams,
      body: seatSelection,
      response: { 200: changedBlocks },
    },
    handler: async (request, reply) => {
      const blocked = await application.blockSeats({
        eventId: request.params.eventId,
        selection: selectionOf(request.body),
        reason: request.body.reason,
        request: idempotentRequestIfAny(request),
        by: adminRequestOf(request),
      });
      if (!blocked.ok) return sendRefusal(reply, blocked.refusal);
      return markReplayed(reply, blocked.value).send(presentChangedBlocks(blocked.value.value));
    },
  });
