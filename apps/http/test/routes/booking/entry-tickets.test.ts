import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { PRICE, chargeWallet, hold, newKey, putOnSale } from '../../support/scenario.ts';
import { START, type TestServer, createTestServer } from '../../support/test-server.ts';

const GATE = { as: 'gate-staff', scope: 'check-in' } as const;

async function buyTickets(server: TestServer, seatNumbers: number[]) {
  const onSale = await putOnSale(server);
  await chargeWallet(server, 'fan', 10 * PRICE);
  const { id } = await hold(server, onSale, 'fan', seatNumbers);
  await server.call('POST /v1/payments', { as: 'fan', key: newKey(), body: { reservationId: id } });
  const read = () => server.call(`GET /v1/reservations/${id}/tickets`, { as: 'fan' });
  return { id, ...onSale, read, items: (await read()).body.items };
}

describe('the entry tickets of a reservation', () => {
  it('are one for each seat, with a code and its QR code', async () => {
    const { id, items } = await buyTickets(createTestServer(), [7, 8]);
    expect(items).toMatchObject([
      { seatNumber: 7, status: 'VALID', checkedInAt: null },
      { seatNumber: 8, status: 'VALID', checkedInAt: null },
    ]);
    expect(items[0].code).toMatch(new RegExp(`^TEST\\.${id}\\.7\\.[0-9A-F]{32}$`));
    expect(scanSvg(items[0].qrSvg)).toBe(items[0].code);
    expect(scanSvg(items[1].qrSvg)).toBe(items[1].code);
  });

  it('have small QR codes: version 4 or less, at most 8 kB', async () => {
    const { items } = await buyTickets(createTestServer(), [7]);
    const [, width] = /viewBox="0 0 (\d+) /.exec(items[0].qrSvg) ?? [];
    expect(Number(width)).toBeLessThanOrEqual(17 + 4 * 4 + 4); // modules, and a border of two on each side
    expect(items[0].qrSvg.length).toBeLessThan(8_000);
  });

  it('are refused before the payment', async () => {
    const server = createTestServer();
    const { id } = await hold(server, await putOnSale(server), 'fan', [1]);
    const refused = await server.call(`GET /v1/reservations/${id}/tickets`, { as: 'fan' });
    expect(refusalOf(refused)).toEqual([409, 'RESERVATION_NOT_CONFIRMED']);
  });
});

describe('a gate', () => {
  it('accepts a ticket once, says where it was used, and repeats its answer', async () => {
    const server = createTestServer();
    const { id, eventId, read, items } = await buyTickets(server, [7, 8]);
    const key = newKey();
    const body = { code: items[0].code, eventId, gate: 'North 2' };
    const accepted = await server.call('POST /v1/admin/tickets/check-in', { ...GATE, key, body });
    const checkedInAt = new Date(START).toISOString();
    expect(accepted.status).toBe(201);
    expect(accepted.body).toEqual({
      reservationId: id,
      eventId,
      seatNumber: 7,
      gate: 'North 2',
      checkedInAt,
    });
    server.clock.advance(60_000);
    const repeated = await server.call('POST /v1/admin/tickets/check-in', { ...GATE, key, body });
    expect([repeated.body, repeated.headers['idempotent-replayed']]).toEqual([accepted.body, 'true']);
    const again = await server.call('POST /v1/admin/tickets/check-in', { ...GATE, key: newKey(), body });
    expect(refusalOf(again)).toEqual([409, 'ALREADY_CHECKED_IN']);
    expect(again.body).toMatchObject({ checkedInAt, gate: 'North 2' });
    expect((await read()).body.items).toMatchObject([
      { status: 'CHECKED_IN', checkedInAt },
      { status: 'VALID' },
    ]);
    const counts = await server.call(`GET /v1/admin/events/${eventId}/check-ins`, GATE);
    const asOf = new Date(START + 60_000).toISOString();
    expect(counts.body).toEqual({ eventId, ticketCount: 2, checkedInCount: 1, asOf });
  });

  it('says why it refuses a ticket', async () => {
    const server = createTestServer();
    const { id, items } = await buyTickets(server, [7, 8]);
    const other = await putOnSale(server);
    const scan = async (body: object) =>
      refusalOf(await server.call('POST /v1/admin/tickets/check-in', { ...GATE, key: newKey(), body }));
    expect(await scan({ code: '<script>' })).toEqual([422, 'TICKET_INVALID']);
    expect(await scan({ code: items[0].code, eventId: other.eventId })).toEqual([409, 'WRONG_EVENT']);
    await server.call(`POST /v1/reservations/${id}/refund`, {
      as: 'fan',
      key: newKey(),
      body: { seatNumbers: [7] },
    });
    expect(await scan({ code: items[0].code })).toEqual([409, 'TICKET_REFUNDED']);
    expect(await scan({ code: items[1].code, gate: 'a\u0000' })).toEqual([400, 'VALIDATION_FAILED']);
    expect(await scan({ code: items[1].code })).toEqual([201, undefined]);
    const refund = await server.call(`POST /v1/reservations/${id}/refund`, { as: 'fan', key: newKey() });
    expect(refusalOf(refund)).toEqual([409, 'SEAT_CHECKED_IN']);
  });
});

/** Draws the picture with four pixels for each module, and reads it. Each module is a square of the path. */
function scanSvg(svg: string): string {
  const [, size = '0', path = ''] = /viewBox="0 0 (\d+) .* d="([^"]*)"/.exec(svg) ?? [];
  const width = Number(size) * 4;
  const data = new Uint8Array(width * width * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, command = '', dx, dy] of path.matchAll(/([Mm])\s*(-?\d+)[ ,]?(-?\d+)h1v1/g)) {
    [x, y] = command === 'M' ? [Number(dx), Number(dy)] : [x + Number(dx), y + Number(dy)];
    for (let pixel = 0; pixel < 16; pixel += 1) {
      const at = ((4 * y + Math.floor(pixel / 4)) * width + 4 * x + (pixel % 4)) * 4;
      data.fill(0, at, at + 3);
    }
  }
  return decodeQR({ width, height: width, data });
}
