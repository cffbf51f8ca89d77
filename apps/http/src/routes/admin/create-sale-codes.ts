import { idempotentRequestIfAny, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { parseInstant } from '../shared/fields.ts';
import { concertParams } from '../shared/path-params.ts';
import { createdSaleCodes, newSaleCodes, presentCreatedCodes } from './sale-code-schema.ts';

export const createSaleCodes: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/concerts/:concertId/sale-codes',
    config: { identity: 'sales:write', idempotencyKey: 'accepted', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'createSaleCodes',
      summary: 'Create codes that let fans join before the public start',
      description:
        'The answer shows the codes once: the database has only digests of them. A repeat with the same ' +
        '`Idempotency-Key` shows them again. They are of use while the policy of the concert has a `presale`.',
      tags: ['Admin'],
      params: concertParams,
      body: newSaleCodes,
      response: { 201: createdSaleCodes },
    },
    handler: async (request, reply) => {
      const { count, usesMax, validFrom, validUntil, label = null } = request.body;
      const created = await application.createSaleCodes({
        concertId: request.params.concertId,
        count,
        usesMax,
        label,
        validFrom: validFrom === undefined ? null : parseInstant(validFrom),
        validUntil: validUntil === undefined ? null : parseInstant(validUntil),
        request: idempotentRequestIfAny(request),
        by: adminRequestOf(request),
      });
      if (!created.ok) return sendRefusal(reply, created.refusal);
      markReplayed(reply, created.value);
      return reply.code(201).send(presentCreatedCodes(created.value.value));
    },
  });
