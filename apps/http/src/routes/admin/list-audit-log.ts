import { z } from 'zod';
import type { Route } from '../route.ts';
import { instantInput, parseInstant, userId } from '../shared/fields.ts';
import { pageQuery, parsePageQuery, presentPage } from '../shared/paging.ts';
import { auditEntryPage, presentAuditEntry } from './audit-entry-schema.ts';

const query = pageQuery.extend({
  actor: userId.optional().meta({ description: 'Only acts of this user' }),
  target: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Only acts on this target, as `concert/01KB…`' }),
  from: instantInput.optional().meta({ description: 'Only acts at this time or later' }),
  until: instantInput.optional().meta({ description: 'Only acts before this time' }),
});

export const listAuditLog: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/audit-log',
    config: { identity: 'sales:read' },
    schema: {
      operationId: 'listAuditLog',
      summary: 'List administrative acts, newest first',
      description:
        'An entry is written in the transaction of its act, and is never changed or removed. ' +
        '`before` and `after` show what the act changed.',
      tags: ['Admin'],
      querystring: query,
      response: { 200: auditEntryPage },
    },
    handler: async ({ query: { actor, target, from, until, ...page } }, reply) => {
      const filter = {
        actor: actor ?? null,
        target: target ?? null,
        from: from === undefined ? null : parseInstant(from),
        until: until === undefined ? null : parseInstant(until),
      };
      const entries = await application.listAuditLog(filter, parsePageQuery('audit-log', page));
      return reply.send(presentPage('audit-log', entries, presentAuditEntry));
    },
  });
