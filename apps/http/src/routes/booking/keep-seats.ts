import { callerOf } from '../../plugins/authentication.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { reservationParams } from '../shared/path-params.ts';
import { keptSeats, presentReservation, reservation } from './reservation-schema.ts';

export const keepSeats: Route = (app, { application }) =>
  app.route({
    method: 'PATCH',
    url: '/v1/reservations/:reservationId',
    config: {
      identity: 'user',
      countedAs: 'holds',
      problems: ['NOT_FOUND', 'HOLD_EXPIRED', 'RESERVATION_NOT_HELD'],
    },
    schema: {
      operationId: 'keepSeats',
      summary: 'Keep some seats of a live hold and release the others at once; idempotent',
      description:
        'The body names the seats that remain. The amount falls by the prices of the others; the time of the hold does not change.',
      tags: ['Reservations'],
      params: reservationParams,
      body: keptSeats,
      response: { 200: reservation },
    },
    handler: async (request, reply) => {
      const { reservationId } = request.params;
      const { seatNumbers } = request.body;
      const kept = await application.keepSeats({
        userId: callerOf(request).userId,
        reservationId,
        seatNumbers,
      });
      if (!kept.ok) return sendRefusal(reply, kept.refusal);
      const places = await application.findReservedPlaces([kept.value]);
      return reply.send(presentReservation(kept.value, places));
    },
  });
