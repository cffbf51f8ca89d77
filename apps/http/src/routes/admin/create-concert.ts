import { idempotentRequestIfAny, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import { concert, newConcert, presentConcert } from '../catalog/concert-schema.ts';
import type { Route } from '../route.ts';
import { withEntityTag } from '../shared/entity-tag.ts';
import { adminRequestOf } from '../shared/admin-request.ts';

export const createConcert: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/concerts',
    config: {
      identity: 'sales:write',
      idempotencyKey: 'accepted',
      answerHeaders: { Location: 'The concert', ETag: 'The version, for If-Match' },
    },
    schema: {
      operationId: 'createConcert',
      summary: 'Create a concert with the default policy',
      description: 'The concert has no dates, and fans cannot join, before the first date is added.',
      tags: ['Admin'],
      body: newConcert,
      response: { 201: concert },
    },
    handler: async (request, reply) => {
      const { title, artist, description = '', visibility } = request.body;
      const created = await application.createConcert({
        title,
        artist,
        description,
        visibility,
        request: idempotentRequestIfAny(request),
        by: adminRequestOf(request),
      });
      if (!created.ok) return sendRefusal(reply, created.refusal);
      const body = presentConcert(created.value.value);
      markReplayed(reply, created.value);
      return withEntityTag(reply, created.value.value)
        .code(201)
        .header('Location', `/v1/concerts/${body.id}`)
        .send(body);
    },
  });
