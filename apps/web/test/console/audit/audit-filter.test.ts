import { expect, it } from 'vitest';
import { actText } from '../../../src/console/audit/act-text.ts';
import { auditHref, readAuditFilter } from '../../../src/console/audit/audit-filter.ts';

it('keeps the filter of the audit log in the address', () => {
  const filter = { actor: 'staff <7>', target: 'event/01KB', from: '2026-12-01T11:00:00.000Z', until: '' };
  const { searchParams } = new URL(auditHref(filter), 'http://localhost');

  expect(readAuditFilter(Object.fromEntries(searchParams))).toEqual(filter);
  expect(readAuditFilter({ from: 'soon' }).from).toBe('');
  expect(auditHref({})).toBe('/console/audit');
});

it('says what an act does, and its route where it is new', () => {
  expect(actText('PATCH /v1/admin/events/:eventId')).toBe('Edit a date');
  expect(actText('POST /v1/admin/new')).toBe('POST /v1/admin/new');
});
