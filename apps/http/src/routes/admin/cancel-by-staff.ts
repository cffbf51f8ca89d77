import { z } from 'zod';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { noContent, reason } from '../shared/fields.ts';
import { reservationParams } from '../shared/path-params.ts';

const cancellation = z
  .strictObject({ reason })
  .meta({ id: 'StaffCancellation', examples: [{ reason: 'Held by a bot' }] });

export const cancelByStaff: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/reservations/:reservationId/cancel',
    config: { identity: 'sales:write', problems: ['NOT_FOUND', 'RESERVATION_NOT_HELD'] },
    schema: {
      operationId: 'cancelByStaff',
      summary: 'End a hold of any user; 204 also when repeated',
      description: 'The seats are available at once. A paid reservation is refunded instead.',
      tags: ['Admin'],
      params: reservationParams,
      body: cancellation,
      response: { 204: noContent },
    },
    handler: async (request, reply) => {
      const cancelled = await application.cancelByStaff({
        ...request.params,
        ...request.body,
        by: adminRequestOf(request),
      });
      if (!cancelled.ok) return sendRefusal(reply, cancelled.refusal);
      return reply.code(204).send();
    },
  });
