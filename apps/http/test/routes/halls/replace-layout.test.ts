import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { hold, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

const STAFF = { as: 'staff', scope: 'sales:read sales:write' } as const;
const [PARTERRE, BALCONY] = CONTRACT_LAYOUT.sections;

/** A date with the layout, and the requests of staff that change it. */
async function openHall() {
  const server = createTestServer();
  const sale = await putOnSale(server, { price: undefined, layout: CONTRACT_LAYOUT });
  const path = `/v1/admin/events/${sale.eventId}` as const;
  const send = (request: `PUT ${string}` | `PATCH ${string}`) => (body: unknown, ifMatch?: string) =>
    server.call(request, { ...STAFF, body, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });
  return {
    server,
    sale,
    path,
    replace: send(`PUT ${path}/layout`),
    reprice: send(`PATCH ${path}/categories/front`),
  };
}

/** The layout with changed seats in the row of its balcony. */
function withBalcony(change: object) {
  const [row] = BALCONY!.rows;
  const rows = [{ ...row!, seats: row!.seats.map((seat) => ({ ...seat, ...change })) }];
  return { ...CONTRACT_LAYOUT, sections: [PARTERRE!, { ...BALCONY!, rows }] };
}

describe('PUT /v1/admin/events/:eventId/layout', () => {
  it('is for the version of the date that staff have read', async () => {
    const { server, path, replace } = await openHall();
    const next = withBalcony({ label: '7' });
    expect(refusalOf(await replace(next))).toEqual([428, 'PRECONDITION_REQUIRED']);
    expect(await replace(next, '"2"')).toMatchObject({
      status: 412,
      body: { code: 'PRECONDITION_FAILED', version: 1 },
    });
    const replaced = await replace(next, '"1"');
    expect(replaced).toMatchObject({ status: 200, body: { layoutVersion: 2, seatCount: 4, price: 50_000 } });
    expect(replaced.headers.etag).toBe('"2"');
    const read = await server.call(`GET ${path}`, STAFF);
    expect([read.body, read.headers.etag]).toEqual([replaced.body, '"2"']);
    expect(refusalOf(await replace(next, '"1"'))).toEqual([412, 'PRECONDITION_FAILED']);
  });

  it.each([
    ['/sections/1/rows/0/seats/0/category', withBalcony({ category: 'none' })],
    ['/sections/1/rows/0/seats/0/companionOf', withBalcony({ companionOf: '1' })],
    ['/sections/1/rows/0/seats/0/colour', withBalcony({ colour: '#ffffff' })],
    ['/sections/1/rows/0/seats/0/x', withBalcony({ x: 1e9 })],
    ['/sections', { ...CONTRACT_LAYOUT, sections: [PARTERRE] }],
    ['/categories', { ...CONTRACT_LAYOUT, categories: [] }],
    ['/seatCount', { ...CONTRACT_LAYOUT, seatCount: 4 }],
  ])('points to a fault at %s, and changes nothing', async (pointer, body) => {
    const { server, path, replace } = await openHall();
    const refused = await replace(body, '*');
    expect(refused.body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(refused.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect((await server.call(`GET ${path}`, STAFF)).body).toMatchObject({ layoutVersion: 1 });
  });

  it('points to a held seat that would move or be blocked', async () => {
    const { server, sale, replace } = await openHall();
    await hold(server, sale, 'fan', [4]);
    const seat = '/sections/1/rows/0/seats/0';
    expect(await replace(withBalcony({ label: '7' }), '*')).toMatchObject({
      status: 400,
      body: {
        errors: [
          { pointer: seat, detail: 'seat 4 is held or sold, and stays section Balcony, row A, seat 1' },
        ],
      },
    });
    expect(await replace(withBalcony({ blocked: 'damaged' }), '*')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: `${seat}/blocked` }] },
    });
  });

  it('needs a date and the scope sales:write', async () => {
    const { server, path } = await openHall();
    const request = { headers: { 'if-match': '*' }, body: CONTRACT_LAYOUT };
    const reader = { ...request, as: 'reader', scope: 'sales:read' };
    expect(refusalOf(await server.call(`PUT ${path}/layout`, reader))).toEqual([403, 'FORBIDDEN']);
    const unknown = await server.call('PUT /v1/admin/events/none/layout', { ...request, ...STAFF });
    expect(refusalOf(unknown)).toEqual([404, 'NOT_FOUND']);
  });

  it('is in the audit log with a digest of the layout in place of the layout', async () => {
    const { server, sale, replace } = await openHall();
    const digestOf = async () => {
      const listed = await server.call(`GET /v1/admin/audit-log?target=event/${sale.eventId}`, STAFF);
      const [{ actor, route, before, after }] = listed.body.items;
      expect({ actor, route }).toEqual({
        actor: 'staff',
        route: 'PUT /v1/admin/events/:eventId/layout',
      });
      expect(after.layoutVersion).toBe(before.layoutVersion + 1);
      expect(JSON.stringify(after)).not.toContain('Balcony');
      return after.layoutDigest;
    };
    await replace(withBalcony({ label: '7' }), '*');
    const first = await digestOf();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    await replace(withBalcony({ label: '8' }), '*');
    expect(await digestOf()).not.toBe(first);
    await replace(withBalcony({ label: '7' }), '*');
    expect(await digestOf()).toBe(first);
  });
});

describe('PATCH /v1/admin/events/:eventId/categories/:categoryKey', () => {
  it('is for the version of the date that staff have read', async () => {
    const { server, sale, reprice } = await openHall();
    expect(refusalOf(await reprice({ price: 7 }))).toEqual([428, 'PRECONDITION_REQUIRED']);
    expect(refusalOf(await reprice({ price: 7 }, '"2"'))).toEqual([412, 'PRECONDITION_FAILED']);
    const repriced = await reprice({ price: 7 }, '"1"');
    expect(repriced).toMatchObject({ status: 200, body: { layoutVersion: 2, price: 7 } });
    expect(repriced.headers.etag).toBe('"2"');
    const listed = await server.call(`GET /v1/events/${sale.eventId}/layout`);
    expect(listed.body.categories).toMatchObject([{ key: 'front', price: 7 }, { price: 50_000 }]);
  });

  it('refuses a price that is none, a category that does not exist, and other scopes', async () => {
    const { server, path, reprice } = await openHall();
    for (const price of [-1, 1.5, '7', null, 1e15])
      expect(await reprice({ price }, '*')).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/price' }] },
      });
    const request = { headers: { 'if-match': '*' }, body: { price: 7 } };
    const reader = { ...request, as: 'reader', scope: 'sales:read' };
    const front = `PATCH ${path}/categories/front` as const;
    expect(refusalOf(await server.call(front, reader))).toEqual([403, 'FORBIDDEN']);
    const other = await server.call(`PATCH ${path}/categories/none`, { ...request, ...STAFF });
    expect(refusalOf(other)).toEqual([404, 'NOT_FOUND']);
    const plain = await putOnSale(server, { startsAt: '2026-12-01T22:00:00Z' });
    const uniform = await server.call(`PATCH /v1/admin/events/${plain.eventId}/categories/standard`, {
      ...request,
      ...STAFF,
    });
    expect(refusalOf(uniform)).toEqual([404, 'NOT_FOUND']);
  });

  it('is in the audit log with the prices of the date before and after', async () => {
    const { server, sale, reprice } = await openHall();
    await reprice({ price: 7 }, '*');
    const listed = await server.call(`GET /v1/admin/audit-log?target=event/${sale.eventId}`, STAFF);
    expect(listed.body.items[0]).toMatchObject({
      route: 'PATCH /v1/admin/events/:eventId/categories/:categoryKey',
      before: { layoutVersion: 1, price: 50_000 },
      after: { layoutVersion: 2, price: 7, layoutDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });
});
