import { gzipSync } from 'node:zlib';
import { SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { describe, expect, it } from 'vitest';
import { LAYOUT_BODY_BYTES_MAX } from '../../src/request-limits.ts';
import { ADMIN, putOnSale } from '../support/scenario.ts';
import { createTestServer } from '../support/test-server.ts';

const SEAT = { label: '1', x: 0, y: 0, category: 'front' };
const FRONT = { key: 'front', name: 'Front', price: 100, colour: '#1e90ff' };
const SEATS = '/layout/sections/0/rows/0/seats';

function layoutOf(seats: readonly unknown[], categories: readonly unknown[] = [FRONT]) {
  return { categories, sections: [{ name: 'Parterre', rows: [{ label: 'A', seats }] }] };
}

function seatsLike(count: number, seat: object = {}) {
  return Array.from({ length: count }, (_, index) => ({ ...SEAT, label: `${index + 1}`, ...seat }));
}

const nested = (depth: number, inner = '') => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;
/** The JSON of a layout of one seat, with another text for its x. */
const withX = (text: string) => JSON.stringify(layoutOf([SEAT])).replace('"x":0', `"x":${text}`);

async function openSale() {
  const server = createTestServer();
  const { concertId } = await putOnSale(server);
  const date = {
    venue: 'Hall',
    startsAt: '2026-12-24T10:00:00Z',
    reservationStartAt: '2026-12-01T11:00:00Z',
    reservationEndAt: '2026-12-24T09:00:00Z',
  };
  /** Creates a date whose layout is given as a value, or as JSON. */
  async function create(layout: unknown, headers: Record<string, string> = {}) {
    const json = typeof layout === 'string' ? layout : JSON.stringify(layout);
    const body = JSON.stringify({ ...date, layout: null }).replace('null', () => json);
    return server.call(`POST /v1/admin/concerts/${concertId}/events`, {
      ...ADMIN,
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }
  async function datesOf(): Promise<number> {
    return (await server.call(`GET /v1/concerts/${concertId}/events`)).body.items.length;
  }
  return { ...server, create, datesOf, concertId };
}

describe('a layout in a body', () => {
  it.each([
    ['a seat too many', layoutOf(seatsLike(SEATS_PER_EVENT_MAX + 1)), SEATS],
    [
      'millions of seats',
      JSON.stringify(layoutOf([])).replace('[]}]', `[${'{},'.repeat(2_000_000)}{}]}]`),
      SEATS,
    ],
    [
      'millions of categories',
      `{"categories":[${'0,'.repeat(2_000_000)}0],"sections":[]}`,
      '/layout/categories',
    ],
    [
      '50,000 seats of which each is wrong',
      layoutOf(seatsLike(50_000, { x: 'left', y: null })),
      `${SEATS}/0/x`,
    ],
    [
      '50,000 seats of which the last is wrong',
      layoutOf([...seatsLike(49_999), { ...SEAT, x: '0' }]),
      `${SEATS}/49999/x`,
    ],
    ['a coordinate that is not a number', withX('NaN'), ''],
    ['a coordinate beyond all numbers', withX('1e400'), `${SEATS}/0/x`],
    ['a coordinate beyond all numbers on the other side', withX('-1e400'), `${SEATS}/0/x`],
    ['a label of 1 MB', layoutOf([{ ...SEAT, label: 'x'.repeat(1_000_000) }]), `${SEATS}/0/label`],
    ['a category of 1 MB', layoutOf([{ ...SEAT, category: 'x'.repeat(1_000_000) }]), `${SEATS}/0/category`],
    ['a label that is half a character', layoutOf([{ ...SEAT, label: '\ud800' }]), `${SEATS}/0/label`],
    [
      '50,000 labels that are half a character',
      layoutOf(seatsLike(50_000, { label: '\udfff' })),
      `${SEATS}/0/label`,
    ],
    ['a seat twice', layoutOf([SEAT, SEAT]), `${SEATS}/1/label`],
    [
      'a seat twice in two forms of Unicode',
      layoutOf([
        { ...SEAT, label: '\u00e9' },
        { ...SEAT, label: 'e\u0301' },
      ]),
      `${SEATS}/1/label`,
    ],
    [
      'the prototype as a category',
      layoutOf([{ ...SEAT, category: '__proto__' }], [{ ...FRONT, key: '__proto__' }]),
      '/layout/categories/0/key',
    ],
    ['a category of the prototype', layoutOf([{ ...SEAT, category: 'constructor' }]), `${SEATS}/0/category`],
    ['a prototype in a seat', withX('0,"__proto__":{"accessible":true}'), ''],
    ['lists in lists', nested(500_000), '/layout'],
    ['lists in lists with an escape', nested(500_000, String.raw`"\u0041"`), '/layout'],
    ['no end', '{"categories":[', ''],
  ])('is refused with %s', async (_, layout, pointer) => {
    const { create, datesOf } = await openSale();
    const { status, body } = await create(layout);
    expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect(JSON.stringify(body).length).toBeLessThan(20_000);
    expect(await datesOf()).toBe(1);
  });

  it('is refused when it is too large or compressed', async () => {
    const { create, datesOf, app, concertId } = await openSale();
    const large = await create(' '.repeat(LAYOUT_BODY_BYTES_MAX));
    expect([large.status, large.body.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(large.body.detail).toContain(`${LAYOUT_BODY_BYTES_MAX} bytes`);
    const compressed = await create(layoutOf([SEAT]), { 'content-encoding': 'gzip' });
    expect([compressed.status, compressed.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    const zipped = await app.inject({
      method: 'POST',
      url: `/v1/admin/concerts/${concertId}/events`,
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      payload: gzipSync(JSON.stringify(layoutOf([SEAT]))),
    });
    expect(zipped.statusCode).toBe(401); // before the body is read
    expect(await datesOf()).toBe(1);
  });

  it('may use names of the prototype as keys, and labels that differ by their case', async () => {
    const { create, call } = await openSale();
    const keys = ['constructor', 'toString'];
    const seats = keys.map((category, index) => ({ ...SEAT, label: 'aA'.charAt(index), category }));
    const categories = keys.map((key, index) => ({ ...FRONT, key, price: 100 + index }));
    const { status, body } = await create(layoutOf(seats, categories));
    expect(status).toBe(201);
    const layout = await call(`GET /v1/events/${body.id}/layout`);
    expect(layout.body.sections[0].rows[0].seats).toMatchObject(seats);
    expect(layout.body.categories).toEqual(categories);
  });
});
