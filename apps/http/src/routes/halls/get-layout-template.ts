import { sendRefusal } from '../../problems/describe-refusal.ts';
import { z } from 'zod';
import type { Route } from '../route.ts';
import { formatQuery, listOrCsv, sendCsv, wantsCsv } from '../shared/csv.ts';
import { withEntityTag } from '../shared/entity-tag.ts';
import { layoutTemplateParams } from '../shared/path-params.ts';
import { sendJson } from '../shared/send-json.ts';
import { CSV_EXAMPLE, layoutTemplateWithLayout, presentTemplate } from './layout-template-schema.ts';
import { SEAT_COLUMNS, seatRows } from './seats-csv.ts';

export const getLayoutTemplate: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/layout-templates/:layoutTemplateId',
    exposeHeadRoute: false, // it would write the whole file
    config: {
      identity: 'sales:read',
      problems: ['NOT_FOUND'],
      answerHeaders: { ETag: 'The version, for If-Match' },
    },
    schema: {
      operationId: 'getLayoutTemplate',
      summary: 'Read a layout template with its layout',
      description:
        '`layout` is what the routes that create and replace dates and templates accept. CSV has its seats, as `seatsCsv` of a new template.',
      tags: ['Admin'],
      params: layoutTemplateParams,
      querystring: z.strictObject({ format: formatQuery }),
      response: { 200: listOrCsv(layoutTemplateWithLayout, CSV_EXAMPLE) },
    },
    handler: async (request, reply) => {
      const found = await application.getLayoutTemplate(request.params.layoutTemplateId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      const { template, layout } = found.value;
      withEntityTag(reply, template);
      if (wantsCsv(request, request.query))
        return sendCsv(reply, { name: `seats-${template.id}`, columns: SEAT_COLUMNS }, seatRows(layout));
      return sendJson(reply, JSON.stringify({ ...presentTemplate(template), layout }));
    },
  });
