import type { AuditEntry } from '@frontrow/application/ports/shared/audit-log.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { instant, userId } from '../shared/fields.ts';
import { pageOf } from '../shared/paging.ts';

const example = {
  id: '4711',
  at: '2026-12-01T11:00:00.000Z',
  actor: 'staff-7',
  route: 'PATCH /v1/admin/concerts/:concertId/policy',
  requestId: 'k2ZpTq0bXy1mWn3e.1',
  target: `concert/${EXAMPLE.concertId}`,
  reason: null,
  before: { hold: { ttlMs: 300_000 } },
  after: { hold: { ttlMs: 180_000 } },
};

const state = z.unknown().meta({ description: 'JSON of any form; null where there is none' });

export const auditEntry = z
  .object({
    id: z.string(),
    at: instant,
    actor: userId.meta({ description: 'The `sub` of the access token' }),
    route: z.string().meta({ description: 'Method and path template' }),
    requestId: z.string(),
    target: z.string().meta({ description: 'What the act changed: kind and id' }),
    reason: z.string().nullable(),
    before: state,
    after: state,
  })
  .meta({
    id: 'AuditEntry',
    examples: [example],
  });

export const auditEntryPage = pageOf(auditEntry).meta({
  id: 'AuditEntryPage',
  examples: [{ items: [example], nextCursor: null }],
});

export function presentAuditEntry(entry: AuditEntry): z.output<typeof auditEntry> {
  return {
    ...entry,
    at: formatInstant(entry.at),
    before: withReadableInstants(entry.before),
    after: withReadableInstants(entry.after),
  };
}

/** The names of instants end in At or Until, and those of durations in Ms. */
const INSTANT_NAME = /(At|Until)$/;

function withReadableInstants(value: unknown): unknown {
  const text = JSON.stringify(value, (name, member: unknown) =>
    typeof member === 'number' && INSTANT_NAME.test(name) ? formatInstant(member) : member,
  );
  return JSON.parse(text);
}
