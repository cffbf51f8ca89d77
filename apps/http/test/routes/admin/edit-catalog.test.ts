import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { ADMIN, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

describe('an organiser', () => {
  it('edits a concert with the ETag that was read', async () => {
    const server = createTestServer();
    const { concertId } = await putOnSale(server);
    const path = `/v1/admin/concerts/${concertId}` as const;
    const patch = (headers: Record<string, string>, body: object = { title: 'Summer Light' }) =>
      server.call(`PATCH ${path}`, { ...ADMIN, headers, body });
    const read = await server.call(`GET ${path}`, ADMIN);
    expect(read.headers.etag).toBe('"1"');
    expect(refusalOf(await patch({}))).toEqual([428, 'PRECONDITION_REQUIRED']);
    for (const tag of ['"2"', 'W/"1"', '1', 'x'])
      expect(await patch({ 'if-match': tag })).toMatchObject({
        status: 412,
        body: { code: 'PRECONDITION_FAILED', version: 1 },
      });
    const edited = await patch({ 'if-match': '"7", "1"' });
    expect(edited).toMatchObject({ status: 200, body: { ...read.body, title: 'Summer Light' } });
    expect(edited.headers.etag).toBe('"2"');
    expect(refusalOf(await patch({ 'if-match': '"1"' }))).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await patch({ 'if-match': '*' }, { visibility: 'ARCHIVED' })).body.visibility).toBe('ARCHIVED');
    expect(refusalOf(await server.call(`GET /v1/concerts/${concertId}`))).toEqual([404, 'NOT_FOUND']);
    const archived = await server.call('GET /v1/admin/concerts?visibility=ARCHIVED', ADMIN);
    expect(archived.body.items).toMatchObject([{ id: concertId, title: 'Summer Light' }]);
    expect((await server.call('GET /v1/admin/concerts?visibility=DRAFT', ADMIN)).body.items).toEqual([]);
  });

  it('creates a draft that fans do not see, with a date in the zone of its venue', async () => {
    const { call } = createTestServer();
    const body = { title: 'A', artist: 'B', visibility: 'DRAFT' };
    const draft = await call('POST /v1/admin/concerts', { ...ADMIN, body });
    expect(draft).toMatchObject({ status: 201, body });
    const date = {
      venue: 'Hall',
      startsAt: '2026-12-24T19:00:00+09:00',
      timeZone: 'America/New_York',
      reservationStartAt: '2026-12-01T11:00:00Z',
      reservationEndAt: '2026-12-24T09:00:00.000Z',
      price: 1,
    };
    const path = `/v1/admin/concerts/${draft.body.id}/events` as const;
    const created = await call(`POST ${path}`, { ...ADMIN, body: date });
    expect(created).toMatchObject({ status: 201, body: { timeZone: 'America/New_York' } });
    expect((await call(`GET ${path}`, ADMIN)).body.items).toEqual([created.body]);
    expect((await call('GET /v1/concerts')).body.items).toEqual([]);
    expect(await call(`POST ${path}`, { ...ADMIN, body: date })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/startsAt' }] },
    });
    for (const timeZone of ['Mars/Base', '+09:00', ''])
      expect(await call(`POST ${path}`, { ...ADMIN, body: { ...date, timeZone } })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/timeZone' }] },
      });
  });

  it('edits and deletes a date', async () => {
    const server = createTestServer();
    const { eventId } = await putOnSale(server);
    const path = `/v1/admin/events/${eventId}` as const;
    const { headers, body } = await server.call(`GET ${path}`, ADMIN);
    const changes = { price: 7, seatCount: 60, timeZone: 'UTC', startsAt: '2026-12-31T23:59:59+09:00' };
    const ifMatch = { 'if-match': String(headers.etag) };
    const edited = await server.call(`PATCH ${path}`, { ...ADMIN, headers: ifMatch, body: changes });
    expect(edited).toMatchObject({
      status: 200,
      body: { ...body, ...changes, startsAt: '2026-12-31T14:59:59.000Z' },
    });
    const remove = (tag: string) => server.call(`DELETE ${path}`, { ...ADMIN, headers: { 'if-match': tag } });
    expect(refusalOf(await remove('"1"'))).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await remove(String(edited.headers.etag))).status).toBe(204);
    expect(refusalOf(await remove('*'))).toEqual([404, 'NOT_FOUND']);
  });
});
