import { callerOf } from '../../plugins/authentication.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { noContent } from '../shared/fields.ts';
import { reservationParams } from '../shared/path-params.ts';

export const cancelReservation: Route = (app, { application }) =>
  app.route({
    method: 'DELETE',
    url: '/v1/reservations/:reservationId',
    config: { identity: 'user', countedAs: 'holds', problems: ['NOT_FOUND', 'RESERVATION_NOT_HELD'] },
    schema: {
      operationId: 'cancelReservation',
      summary: 'Release a hold at once; idempotent',
      description: 'The seats are free at once. 204 also for a hold that has lapsed or was cancelled.',
      tags: ['Reservations'],
      params: reservationParams,
      response: { 204: noContent },
    },
    handler: async (request, reply) => {
      const { reservationId } = request.params;
      const cancelled = await application.cancelReservation({
        userId: callerOf(request).userId,
        reservationId,
      });
      if (!cancelled.ok) return sendRefusal(reply, cancelled.refusal);
      return reply.code(204).send();
    },
  });
