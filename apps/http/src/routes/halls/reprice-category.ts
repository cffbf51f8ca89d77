import { SEAT_PRICE_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import { event, presentEvent } from '../catalog/event-schema.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { IF_MATCH_PROBLEMS, expectedVersions, ifMatch, withEntityTag } from '../shared/entity-tag.ts';
import { id } from '../shared/fields.ts';
import { eventParams } from '../shared/path-params.ts';

const price = z.int().min(0).max(SEAT_PRICE_MAX);
const categoryPatch = z.strictObject({ price }).meta({ id: 'CategoryPatch', examples: [{ price: 110_000 }] });

export const repriceCategory: Route = (app, { application }) =>
  app.route({
    method: 'PATCH',
    url: '/v1/admin/events/:eventId/categories/:categoryKey',
    config: {
      identity: 'sales:write',
      problems: ['NOT_FOUND', ...IF_MATCH_PROBLEMS],
      answerHeaders: { ETag: 'The new version of the date' },
    },
    schema: {
      operationId: 'repriceCategory',
      summary: 'Change the price of a category of a date; live holds and sold seats keep theirs',
      description:
        'Needs the `ETag` of the date as `If-Match`, and makes the next version of its layout. A held or sold seat has the ' +
        'new price once it is available again.',
      tags: ['Admin'],
      params: eventParams.extend({ categoryKey: id.meta({ examples: ['front'] }) }),
      headers: ifMatch,
      body: categoryPatch,
      response: { 200: event },
    },
    handler: async (request, reply) => {
      const { eventId, categoryKey: key } = request.params;
      const changed = await application.repriceCategory({
        eventId,
        key,
        price: request.body.price,
        expected: expectedVersions(request),
        by: adminRequestOf(request),
      });
      if (!changed.ok) return sendRefusal(reply, changed.refusal);
      return withEntityTag(reply, changed.value).send(presentEvent(changed.value));
    },
  });
