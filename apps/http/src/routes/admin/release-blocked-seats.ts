import { idempotentRequestIfAny, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { eventParams } from '../shared/path-params.ts';
import { changedBlocks, presentChangedBlocks, seatSelection, selectionOf } from './blocked-seats-schema.ts';

export const releaseBlockedSeats: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/events/:eventId/blocked-seats/release',
    config: {
      identity: 'sales:write',
      idempotencyKey: 'accepted',
      problems: ['NOT_FOUND', 'EVENT_CANCELLED'],
    },
    schema: {
      operationId: 'releaseBlockedSeats',
      summary: 'Return blocked seats to sale, with a reason for the audit log',
      description:
        'Those of the selected seats that are blocked become AVAILABLE; the others stay as they are. The answer has the ' +
        'released seats with the reasons that they were blocked for.',
      tags: ['Admin'],
      params: eventParams,
      body: seatSelection,
      response: { 200: changedBlocks },
    },
    handler: async (request, reply) => {
      const released = await application.releaseBlockedSeats({
        eventId: request.params.eventId,
        selection: selectionOf(request.body),
        reason: request.body.reason,
        request: idempotentRequestIfAny(request),
        by: adminRequestOf(request),
      });
      if (!released.ok) return sendRefusal(reply, released.refusal);
      return markReplayed(reply, released.value).send(presentChangedBlocks(released.value.value));
    },
  });
