import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import { expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { newKey, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

const TEMPLATES = '/v1/admin/layout-templates';
const WRITER = { as: 'organiser', scope: 'sales:write' } as const;
const READER = { as: 'reader', scope: 'sales:read' } as const;

const server = createTestServer();
const { call } = server;
const create = (body: object, key = newKey()) => call(`POST ${TEMPLATES}`, { ...WRITER, key, body });

it('are created, read, replaced for the version that was read, and deleted', async () => {
  const created = await create({ name: 'Hall 1', layout: CONTRACT_LAYOUT });
  expect(created).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: { name: 'Hall 1', seatCount: 4 },
  });
  expect(created.body).not.toHaveProperty('layout');
  const path = `${TEMPLATES}/${created.body.id}` as const;
  expect(created.headers.location).toBe(path);
  const found = await call(`GET ${path}`, READER);
  expect(found).toMatchObject({ status: 200, headers: { etag: '"1"', 'cache-control': 'no-store' } });
  expect(found.body).toEqual({ ...created.body, layout: CONTRACT_LAYOUT });

  const { name, layout } = found.body as { name: string; layout: object };
  const replace = (headers: Record<string, string>) =>
    call(`PUT ${path}`, { ...WRITER, headers, body: { name, layout: { ...layout, stage: { x: 1, y: 2 } } } });
  expect(refusalOf(await replace({}))).toEqual([428, 'PRECONDITION_REQUIRED']);
  expect(refusalOf(await replace({ 'if-match': '"2"' }))).toEqual([412, 'PRECONDITION_FAILED']);
  expect(await replace({ 'if-match': '"1"' })).toMatchObject({ status: 200, headers: { etag: '"2"' } });
  expect(refusalOf(await replace({ 'if-match': '"1"' }))).toEqual([412, 'PRECONDITION_FAILED']);

  expect(refusalOf(await call(`DELETE ${path}`, WRITER))).toEqual([428, 'PRECONDITION_REQUIRED']);
  const ifMatch = { 'if-match': '"2"' };
  expect((await call(`DELETE ${path}`, { ...WRITER, headers: ifMatch })).status).toBe(204);
  expect(refusalOf(await call(`GET ${path}`, READER))).toEqual([404, 'NOT_FOUND']);
});

it('are created once for a key', async () => {
  const key = newKey();
  const first = await create({ name: 'Hall 2', layout: CONTRACT_LAYOUT }, key);
  const again = await create({ name: 'Hall 2', layout: CONTRACT_LAYOUT }, key);
  expect(again).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' }, body: first.body });
  expect(refusalOf(await create({ name: 'Hall 2', layout: CONTRACT_LAYOUT }))).toEqual([
    400,
    'VALIDATION_FAILED',
  ]);
});

it('are listed by cursor, without their layouts', async () => {
  for (const name of ['Hall 3', 'Hall 4']) await create({ name, layout: CONTRACT_LAYOUT });
  const first = await call(`GET ${TEMPLATES}?limit=1`, READER);
  expect(first.body.items).toHaveLength(1);
  const next = await call(`GET ${TEMPLATES}?limit=1&cursor=${first.body.nextCursor}`, READER);
  expect(next.body.items[0].id > first.body.items[0].id).toBe(true);
  expect(JSON.stringify(next.body)).not.toContain('sections');
  expect((await call(`GET ${TEMPLATES}?cursor=x`, READER)).status).toBe(400);
});

it.each([
  [{}],
  [{ layout: CONTRACT_LAYOUT, layoutTemplateId: 'x' }],
  [{ layoutTemplateId: 'x', eventId: 'y' }],
])('are created from exactly one source, not from %j', async (source) => {
  const { status, body } = await create({ name: 'Hall 5', ...source });
  expect([status, body.errors]).toMatchObject([400, [{ pointer: '/layout' }]]);
});

it('copy a date, and give a date their layout in place of seats and a price', async () => {
  const { eventId, concertId } = await putOnSale(server, { price: undefined, layout: CONTRACT_LAYOUT });
  const { body: template } = await create({ name: 'Hall 6', eventId });
  const { body: first } = await call(`GET /v1/events/${eventId}`);
  const { venue, startsAt, reservationStartAt, reservationEndAt } = first as Record<string, string>;
  const date = { venue, startsAt, reservationStartAt, reservationEndAt };
  const post = (seating: object) =>
    call(`POST /v1/admin/concerts/${concertId}/events`, {
      ...WRITER,
      key: newKey(),
      body: { ...date, ...seating },
    });
  const created = await post({ layoutTemplateId: template.id });
  expect(created).toMatchObject({ status: 201, body: { seatCount: 4, price: 50_000, layoutVersion: 1 } });
  expect(refusalOf(await post({ layoutTemplateId: 'unknown' }))).toEqual([404, 'NOT_FOUND']);
  for (const other of [{ price: 1 }, { seatCount: 1 }, { layout: CONTRACT_LAYOUT }]) {
    const { status, body } = await post({ layoutTemplateId: template.id, ...other });
    expect([status, body.errors]).toMatchObject([400, [{ pointer: '/layoutTemplateId' }]]);
  }
  expect((await post({})).body.errors).toMatchObject([{ pointer: '/price' }]);
});

it('are not created from bodies with members that no layout has', async () => {
  const polluted = JSON.parse(
    '{"name":"Hall 7","layout":{"__proto__":{"categories":[]},"sections":[]}}',
  ) as object;
  expect((await create(polluted)).status).toBe(400);
  const { status, body } = await create({ name: 'Hall 7', layout: { ...CONTRACT_LAYOUT, rows: [] } });
  expect([status, body.errors]).toMatchObject([400, [{ pointer: '/layout/rows' }]]);
});
