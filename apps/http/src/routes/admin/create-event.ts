import { idempotentRequestIfAny, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import { LAYOUT_BODY_BYTES_MAX } from '../../request-limits.ts';
import { event, newEvent, parseOrNull, presentEvent, seatingOf } from '../catalog/event-schema.ts';
import type { Route } from '../route.ts';
import { withEntityTag } from '../shared/entity-tag.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { parseInstant } from '../shared/fields.ts';
import { concertParams } from '../shared/path-params.ts';

export const createEvent: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/concerts/:concertId/events',
    bodyLimit: LAYOUT_BODY_BYTES_MAX,
    config: {
      identity: 'sales:write',
      idempotencyKey: 'accepted',
      problems: ['NOT_FOUND'],
      answerHeaders: { ETag: 'The version, for If-Match' },
    },
    schema: {
      operationId: 'createEvent',
      summary: 'Add a date with its seats to a concert',
      description:
        'Creates seats 1 to `seatCount`, each at `price`, or the seats of `layout` or of a layout template. The waiting room opens at the earliest ' +
        '`reservationStartAt`. Without an `Idempotency-Key`, a second date at the same venue and time is refused.',
      tags: ['Admin'],
      params: concertParams,
      body: newEvent,
      response: { 201: event },
    },
    handler: async (request, reply) => {
      const {
        venue,
        startsAt,
        timeZone,
        reservationStartAt,
        reservationEndAt,
        refundUntil,
        accessibleReleaseAt,
      } = request.body;
      const created = await application.createEvent({
        ...seatingOf(request.body),
        venue,
        timeZone,
        startsAt: parseInstant(startsAt),
        reservationStartAt: parseInstant(reservationStartAt),
        reservationEndAt: parseInstant(reservationEndAt),
        accessibleReleaseAt: parseOrNull(accessibleReleaseAt),
        refundUntil: refundUntil === undefined ? null : parseInstant(refundUntil),
        concertId: request.params.concertId,
        request: idempotentRequestIfAny(request),
        by: adminRequestOf(request),
      });
      if (!created.ok) return sendRefusal(reply, created.refusal);
      markReplayed(reply, created.value);
      return withEntityTag(reply, created.value.value).code(201).send(presentEvent(created.value.value));
    },
  });
