import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { concertParams } from '../shared/path-params.ts';
import { presentWaitingRoom, waitingRoom } from './waiting-room-schema.ts';

export const getWaitingRoom: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/concerts/:concertId/waiting-room',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getWaitingRoom',
      summary: "Read the counts and rates of a concert's waiting room",
      description: 'Counts and rates of the room, by the clock of the room.',
      tags: ['Admin'],
      params: concertParams,
      response: { 200: waitingRoom },
    },
    handler: async ({ params }, reply) => {
      const found = await application.getWaitingRoom(params.concertId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return reply.send(presentWaitingRoom(params.concertId, found.value));
    },
  });
