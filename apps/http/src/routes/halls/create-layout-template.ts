import { idempotentRequestIfAny, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import { LAYOUT_BODY_BYTES_MAX } from '../../request-limits.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { withEntityTag } from '../shared/entity-tag.ts';
import { layoutTemplate, newLayoutTemplate, presentTemplate, sourceOf } from './layout-template-schema.ts';

export const createLayoutTemplate: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/layout-templates',
    bodyLimit: LAYOUT_BODY_BYTES_MAX,
    config: {
      identity: 'sales:write',
      idempotencyKey: 'accepted',
      problems: ['NOT_FOUND'],
      answerHeaders: { Location: 'The template', ETag: 'The version, for If-Match' },
    },
    schema: {
      operationId: 'createLayoutTemplate',
      summary: 'Store a layout for many dates, or copy that of a template or a date',
      description:
        'The name of another template is refused. `seatsCsv` has a header and a line for each seat; a line of each category ' +
        'has its price. Sections and rows are in the order of their first lines. Errors point to the line and the column, as ' +
        'in `/seatsCsv/17/category`.',
      tags: ['Admin'],
      body: newLayoutTemplate,
      response: { 201: layoutTemplate },
    },
    handler: async (request, reply) => {
      const created = await application.createLayoutTemplate({
        name: request.body.name,
        source: await sourceOf(request.body),
        request: idempotentRequestIfAny(request),
        by: adminRequestOf(request),
      });
      if (!created.ok) return sendRefusal(reply, created.refusal);
      const { value: template } = created.value;
      markReplayed(reply, created.value);
      return withEntityTag(reply, template)
        .code(201)
        .header('Location', `/v1/admin/layout-templates/${template.id}`)
        .send(presentTemplate(template));
    },
  });
