import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { ADMIN, join, newKey, putOnSale } from '../../support/scenario.ts';
import { START, createTestServer } from '../../support/test-server.ts';

const STAFF = { as: 'staff', scope: 'sales:read sales:write' } as const;
const CONCERT = { title: 'A', artist: 'B' };

describe('the audit log', () => {
  it('shows who has done what by which request', async () => {
    const { call } = createTestServer();
    const headers = { 'x-request-id': 'from-the-console-1' };
    const created = await call('POST /v1/admin/concerts', { ...STAFF, headers, body: CONCERT });
    const listed = await call('GET /v1/admin/audit-log', STAFF);
    const { id } = listed.body.items[0];
    expect(listed.body).toEqual({
      items: [
        {
          id,
          at: new Date(START).toISOString(),
          actor: 'staff',
          route: 'POST /v1/admin/concerts',
          requestId: 'from-the-console-1',
          target: `concert/${created.body.id}`,
          reason: null,
          before: null,
          after: {
            ...CONCERT,
            id: created.body.id,
            description: '',
            visibility: 'PUBLISHED',
            sales: { state: 'RUNNING', reason: null },
            version: 1,
          },
        },
      ],
      nextCursor: null,
    });
  });

  it('has the id that the request was answered with', async () => {
    const { call } = createTestServer({ logLevel: 'info' });
    const created = await call('POST /v1/admin/concerts', { ...STAFF, body: CONCERT });
    const listed = await call('GET /v1/admin/audit-log', STAFF);
    expect(created.headers['x-request-id']).toMatch(/^[\w-]{16}\.[0-9a-z]+$/);
    expect(listed.body.items[0].requestId).toBe(created.headers['x-request-id']);
  });

  it('shows instants as the other routes do', async () => {
    const server = createTestServer();
    const { eventId } = await putOnSale(server);
    const listed = await server.call(`GET /v1/admin/audit-log?target=event/${eventId}`, STAFF);
    expect(listed.body.items[0].after.startsAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(listed.body.items[0].after.price).toBeTypeOf('number');
  });

  it('has one entry for a repeated request, and none for a refused one or one without an effect', async () => {
    const server = createTestServer();
    const { concertId } = await putOnSale(server);
    const countOf = async () => (await server.call('GET /v1/admin/audit-log', ADMIN)).body.items.length;
    const before = await countOf();
    const repeated = { ...STAFF, key: newKey(), body: CONCERT };
    await server.call('POST /v1/admin/concerts', repeated);
    expect((await server.call('POST /v1/admin/concerts', repeated)).headers['idempotent-replayed']).toBe(
      'true',
    );
    expect(await countOf()).toBe(before + 1);
    const unknown = await server.call('PATCH /v1/admin/concerts/unknown/policy', { ...STAFF, body: {} });
    expect(refusalOf(unknown)).toEqual([404, 'NOT_FOUND']);
    await server.call(`DELETE /v1/admin/concerts/${concertId}/waiting-room/users/nobody`, STAFF);
    expect(await countOf()).toBe(before + 1);
  });

  it('is filtered by actor, target and time, and read in pages', async () => {
    const server = createTestServer();
    const { concertId } = await putOnSale(server);
    await join(server, concertId, 'fan');
    server.clock.advance(60_000);
    await server.call(`DELETE /v1/admin/concerts/${concertId}/waiting-room/users/fan`, STAFF);
    await server.call(`PATCH /v1/admin/concerts/${concertId}/policy`, { ...STAFF, body: {} });
    const list = async (query: string) =>
      (await server.call(`GET /v1/admin/audit-log?${query}`, STAFF)).body.items.map(
        ({ target }: { target: string }) => target,
      );
    const byStaff = [`concert/${concertId}`, `place/${concertId}/fan`];
    expect(await list('actor=staff')).toEqual(byStaff);
    expect(await list(`target=place/${concertId}/fan`)).toEqual([byStaff[1]]);
    const start = new Date(START + 1_000).toISOString();
    expect(await list(`from=${start}`)).toEqual(byStaff);
    expect(await list(`until=${start}&actor=staff`)).toEqual([]);

    const first = await server.call('GET /v1/admin/audit-log?actor=staff&limit=1', STAFF);
    const cursor = String(first.body.nextCursor);
    expect(await list(`actor=staff&limit=1&cursor=${cursor}`)).toEqual([byStaff[1]]);
    for (const wrong of ['from=yesterday', 'cursor=abc', 'target=', 'who=staff'])
      expect((await server.call(`GET /v1/admin/audit-log?${wrong}`, STAFF)).status).toBe(400);
  });
});
