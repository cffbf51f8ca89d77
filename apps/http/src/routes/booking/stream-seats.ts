import { z } from 'zod';
import { ticketOf } from '../../plugins/queue-token-guard.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import { sendProblem } from '../../problems/problem.ts';
import { clientAddressOf } from '../../rate-limits/client-address.ts';
import type { Route } from '../route.ts';
import {
  EVENT_STREAM,
  STREAM_REFUSALS,
  beginEventStream,
  lastEventIdHeader,
} from '../shared/event-stream.ts';
import { noContent } from '../shared/fields.ts';
import { eventParams } from '../shared/path-params.ts';
import { STATES_EXAMPLE } from './seat-states-schema.ts';

const DESCRIPTION = [
  'Server-Sent Events; needs an ACTIVE ticket of the concert. `state`: the compact form of the seat map. `changes`: the members',
  'of the state that may have changed, and as `seats` the ranges of seats that have, each with the number of its first seat',
  'and a letter for each seat. A change is sent at most half a second after its commit, on an instance that has time for it. A',
  'stream begins with the state, or with the changes since `Last-Event-ID` where this instance still has them; a client that',
  'reads slowly may get a state instead of changes. `end`: the session is over, or the date cannot be booked; do not reconnect.',
  '`unavailable`: the seats cannot be read at present; the stream stays open. A stream lasts about two minutes. After one that',
  'ends without `end`, reconnect to any instance, after the last `retry` in milliseconds, with `Last-Event-ID`. A comment is',
  'sent after 15 seconds without an event. EventSource cannot send the ticket: read the stream with fetch.',
].join(' ');

const { eventId: _, states: __, ...facts } = STATES_EXAMPLE;
const STREAM_EXAMPLE = `retry: 3187

event: state
id: Zm9yIHRoZSBkb2Nz.0
data: ${JSON.stringify(STATES_EXAMPLE)}

event: changes
id: Zm9yIHRoZSBkb2Nz.1
data: ${JSON.stringify({ ...facts, seats: [[2, 'HH']] })}

event: end
data: {"code":"QUEUE_TOKEN_NOT_ACTIVE","status":"EXPIRED"}

`;

export const streamSeats: Route = (app, { application, openStreams, seatStreams, seatStreamCount }) =>
  app.route({
    method: 'GET',
    url: '/v1/events/:eventId/seats/stream',
    exposeHeadRoute: false,
    config: {
      identity: 'user',
      countedAs: 'streams',
      queueToken: 'required',
      problems: ['NOT_FOUND', 'QUEUE_TOKEN_NOT_ACTIVE', 'EVENT_NOT_BOOKABLE', 'STREAM_LIMIT'],
    },
    schema: {
      operationId: 'streamSeats',
      summary: 'Stream the seats of a date as they change',
      description: DESCRIPTION,
      tags: ['Seats'],
      params: eventParams,
      headers: lastEventIdHeader,
      response: {
        200: {
          description: 'The event stream',
          content: { [EVENT_STREAM]: { schema: z.string().meta({ examples: [STREAM_EXAMPLE] }) } },
        },
        204: noContent,
      },
    },
    handler: async (request, reply) => {
      const ticket = ticketOf(request);
      const { eventId } = request.params;
      const slot = openStreams.reserve(ticket.userId, clientAddressOf(request));
      if (typeof slot === 'string') return sendProblem(reply, STREAM_REFUSALS[slot]);
      reply.raw.once('close', () => slot.free());
      const entered = await application.watchSeats.enter({ eventId, ticket });
      if (!entered.ok) return sendRefusal(reply, entered.refusal);
      if (reply.raw.closed) return reply.code(204).send();

      const watch = seatStreams.watch(eventId);
      reply.raw.once('close', () => watch.leave());
      const seats = await watch.current();
      if (!seats.ok) return sendRefusal(reply, seats.refusal);
      if (reply.raw.closed) return reply.code(204).send();

      const lastEventId = request.headers['last-event-id'];
      const stream = watch.open(ticket, lastEventId, seats.value, beginEventStream(request, reply));
      slot.use(stream);
      seatStreamCount.inc();
      reply.raw.once('close', () => seatStreamCount.dec());
      return reply;
    },
  });
