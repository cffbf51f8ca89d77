import { describe, expect, it } from 'vitest';
import { refusalOf } from '../support/caller.ts';
import { ADMIN, join, putOnSale } from '../support/scenario.ts';
import { createTestServer } from '../support/test-server.ts';
import { readVisibleState } from '../support/visible-state.ts';

describe('a body that breaks the syntax', () => {
  it('is refused by the admin routes, and changes nothing', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const ticket = await join(server, sale.concertId, 'fan');
    const before = await readVisibleState(server, sale, ticket);
    const date = {
      venue: 'Hall',
      startsAt: '2026-12-24T10:00:00Z',
      reservationStartAt: '2026-12-01T11:00:00Z',
      reservationEndAt: '2026-12-24T09:00:00Z',
      price: 1,
    };
    const events = `POST /v1/admin/concerts/${sale.concertId}/events` as const;
    const policy = `PATCH /v1/admin/concerts/${sale.concertId}/policy` as const;
    const codes = `POST /v1/admin/concerts/${sale.concertId}/sale-codes` as const;
    const blocks = `POST /v1/admin/events/${sale.eventId}/blocked-seats` as const;
    const why = { reason: 'A camera' };
    const cases: [`POST ${string}` | `PATCH ${string}`, object, string][] = [
      ['POST /v1/admin/concerts', { title: 'A' }, '/artist'],
      ['POST /v1/admin/concerts', { title: '  ', artist: 'B' }, '/title'],
      ['POST /v1/admin/concerts', { title: 'A'.repeat(201), artist: 'B' }, '/title'],
      ['POST /v1/admin/concerts', { title: 'A', artist: 'B', id: 'mine' }, '/id'],
      [events, { ...date, seatCount: 0 }, '/seatCount'],
      [events, { ...date, seatCount: 50_001 }, '/seatCount'],
      [events, { ...date, seatCount: 1.5 }, '/seatCount'],
      [events, { ...date, price: -1 }, '/price'],
      [events, { ...date, price: 1_000_000_000_001 }, '/price'],
      [events, { ...date, startsAt: 'tomorrow' }, '/startsAt'],
      [events, { ...date, startsAt: '2026-02-30T00:00:00Z' }, '/startsAt'],
      [events, { ...date, startsAt: '0001-01-01T00:00:00Z' }, '/startsAt'],
      [events, { ...date, startsAt: 1_798_000_000_000 }, '/startsAt'],
      [events, { ...date, refundUntil: null }, '/refundUntil'],
      [policy, { admission: { batchSize: 0 } }, '/admission/batchSize'],
      [policy, { admission: { batchSize: 100_001 } }, '/admission/batchSize'],
      [policy, { admission: { batchSize: null } }, '/admission/batchSize'],
      [policy, { admission: { intervalMs: 99 } }, '/admission/intervalMs'],
      [policy, { admission: { sessionTtlMs: 86_400_001 } }, '/admission/sessionTtlMs'],
      [policy, { admission: { claimTtlMs: 100.5 } }, '/admission/claimTtlMs'],
      [policy, { admission: { state: 'STOPPED' } }, '/admission/state'],
      [policy, { admission: { shape: 'SMOOTH' } }, '/admission/shape'],
      [policy, { admission: { maxActive: -1 } }, '/admission/maxActive'],
      [policy, { admission: { sellableFactor: 0 } }, '/admission/sellableFactor'],
      [policy, { admission: { speed: 1 } }, '/admission/speed'],
      [policy, { hold: { ttlMs: 10 } }, '/hold/ttlMs'],
      [policy, { hold: { maxExtensions: -1 } }, '/hold/maxExtensions'],
      [policy, { hold: { maxSeatsPerReservation: 51 } }, '/hold/maxSeatsPerReservation'],
      [policy, { holds: {} }, '/holds'],
      [policy, { presale: {} }, '/presale/publicStartAt'],
      [policy, { presale: { publicStartAt: 'tomorrow' } }, '/presale/publicStartAt'],
      [blocks, { seatNumbers: [1] }, '/reason'],
      [blocks, { seatNumbers: [1], reason: 'a'.repeat(201) }, '/reason'],
      [blocks, why, '/seatNumbers'],
      [blocks, { ...why, seatNumbers: [] }, '/seatNumbers'],
      [blocks, { ...why, seatNumbers: [51] }, '/seatNumbers/0'],
      [blocks, { ...why, seatNumbers: [1], from: 1, to: 2 }, '/seatNumbers'],
      [blocks, { ...why, from: 1, to: 2, section: 'A' }, '/seatNumbers'],
      [blocks, { ...why, from: 1 }, '/to'],
      [blocks, { ...why, to: 1 }, '/from'],
      [blocks, { ...why, from: 2, to: 1 }, '/to'],
      [blocks, { ...why, row: 'A' }, '/section'],
      [blocks, { ...why, section: 'Nowhere' }, '/section'],
      [`${blocks}/release`, { seatNumbers: [1] }, '/reason'],
      [`${blocks}/release`, why, '/seatNumbers'],
      [codes, { usesMax: 1 }, '/count'],
      [codes, { count: 1_001, usesMax: 1 }, '/count'],
      [codes, { count: 1, usesMax: 0 }, '/usesMax'],
      [codes, { count: 1, usesMax: 1_000_001 }, '/usesMax'],
      [codes, { count: 1, usesMax: 1, label: 'two\nlines' }, '/label'],
      [codes, { count: 1, usesMax: 1, code: 'MINE' }, '/code'],
      [
        codes,
        { count: 1, usesMax: 1, validFrom: '2026-12-01T11:00:00Z', validUntil: '2026-12-01T11:00:00Z' },
        '/validUntil',
      ],
    ];
    for (const [operation, body, pointer] of cases) {
      const answer = await server.call(operation, { ...ADMIN, body });
      expect({ body, refusal: refusalOf(answer) }).toEqual({ body, refusal: [400, 'VALIDATION_FAILED'] });
      expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    }
    expect(await readVisibleState(server, sale, ticket)).toEqual(before);
  });
});
