import { gunzipSync } from 'node:zlib';
import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import { describe, expect, it } from 'vitest';
import { putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

const WITH_LAYOUT = { price: undefined, layout: CONTRACT_LAYOUT };

describe('GET /v1/events/{eventId}/layout', () => {
  it('shows anyone the sections, rows, seats and categories, but not why a seat is blocked', async () => {
    const server = createTestServer();
    const { eventId } = await putOnSale(server, WITH_LAYOUT);
    const { status, body } = await server.call(`GET /v1/events/${eventId}/layout`);
    expect(status).toBe(200);
    const { sections, categories } = CONTRACT_LAYOUT;
    const [parterre, balcony] = sections;
    const [rowA] = parterre!.rows;
    expect(body).toEqual({
      eventId,
      version: 1,
      seatCount: 4,
      categories,
      sections: [
        {
          ...parterre,
          rows: [
            {
              label: 'A',
              firstNumber: 1,
              seats: [...rowA!.seats.slice(0, 2), { label: '3', x: 2, y: 0, category: 'front' }],
            },
          ],
        },
        { ...balcony, rows: [{ ...balcony!.rows[0], firstNumber: 4 }] },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('camera');
  });

  it('may be kept for a second, and a version for a year', async () => {
    const server = createTestServer();
    const { eventId } = await putOnSale(server, WITH_LAYOUT);
    const { call } = server;
    const { headers } = await call(`GET /v1/events/${eventId}/layout`);
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=1', vary: 'Accept-Encoding' });
    const version = await call(`GET /v1/events/${eventId}/layout?version=1`);
    expect(version.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(version.headers.etag).toBe(headers.etag);
    const known = { headers: { 'if-none-match': String(headers.etag) } };
    expect(await call(`GET /v1/events/${eventId}/layout`, known)).toMatchObject({ status: 304 });
    expect(await call(`GET /v1/events/${eventId}/layout?version=2`)).toMatchObject({ status: 404 });
    expect(await call(`GET /v1/events/${eventId}/layout?version=x`)).toMatchObject({ status: 400 });
  });

  it('of a date without a layout is one row, which no cache keeps', async () => {
    const server = createTestServer();
    const { eventId } = await putOnSale(server);
    const { body, headers } = await server.call(`GET /v1/events/${eventId}/layout?version=0`);
    expect(body).toMatchObject({ version: 0, seatCount: 50, categories: [{ key: 'standard', price: 100 }] });
    expect(headers['cache-control']).toBe('public, max-age=1');
  });

  it.each([
    ['gzip', true],
    ['br, GZIP;q=0.5', true],
    ['*', true],
    ['gzip;q=0', false],
    ['gzip; q=0, *', false],
    ['br', false],
    [undefined, false],
  ])('is compressed for a client that accepts it: %s', async (acceptEncoding, isCompressed) => {
    const server = createTestServer();
    const { eventId } = await putOnSale(server, WITH_LAYOUT);
    const { headers, rawPayload } = await server.app.inject({
      url: `/v1/events/${eventId}/layout`,
      headers: acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding },
    });
    expect(headers['content-encoding']).toBe(isCompressed ? 'gzip' : undefined);
    const json = isCompressed ? gunzipSync(rawPayload) : rawPayload;
    expect(JSON.parse(json.toString())).toMatchObject({ eventId, version: 1 });
  });
});
