import { describe, expect, it } from 'vitest';
import { refusalOf } from '../support/caller.ts';
import { hold, join, newKey, putOnSale } from '../support/scenario.ts';
import { createTestServer } from '../support/test-server.ts';
import { readVisibleState } from '../support/visible-state.ts';

async function openSale() {
  const server = createTestServer();
  const sale = await putOnSale(server);
  const ticket = await join(server, sale.concertId, 'fan');
  return { server, sale, ticket };
}

const refusals: Record<string, [body: unknown, pointer: string][]> = {
  'POST /v1/reservations': [
    [{}, '/eventId'],
    [null, ''],
    [[], ''],
    ['text', ''],
    [{ eventId: 'e', seatNumbers: [1], userId: 'other' }, '/userId'],
    [{ eventId: 'e', seatNumbers: [1], 'a/b~c': 1 }, '/a~1b~0c'],
    [{ eventId: 7, seatNumbers: [1] }, '/eventId'],
    [{ eventId: '', seatNumbers: [1] }, '/eventId'],
    [{ eventId: 'e'.repeat(65), seatNumbers: [1] }, '/eventId'],
    [{ eventId: 'e', seatNumbers: [] }, '/seatNumbers'],
    [{ eventId: 'e', seatNumbers: 1 }, '/seatNumbers'],
    [{ eventId: 'e', seatNumbers: { 0: 1 } }, '/seatNumbers'],
    [{ eventId: 'e', seatNumbers: [0] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: [1, -1] }, '/seatNumbers/1'],
    [{ eventId: 'e', seatNumbers: [1.5] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: ['1'] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: [null] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: [50_001] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: [1e300] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: Array.from({ length: 51 }, (_, index) => index + 1) }, '/seatNumbers'],
    [{ eventId: 'e' }, '/seatNumbers'],
    [{ eventId: 'e', seatNumbers: [1], accessible: 'yes' }, '/accessible'],
    [{ eventId: 'e', seatNumbers: [1], bestAvailable: { count: 1 } }, '/bestAvailable'],
    [{ eventId: 'e', accessible: true, bestAvailable: { count: 1 } }, '/accessible'],
    [{ eventId: 'e', bestAvailable: {} }, '/bestAvailable/count'],
    [{ eventId: 'e', bestAvailable: null }, '/bestAvailable'],
    [{ eventId: 'e', bestAvailable: { count: 0 } }, '/bestAvailable/count'],
    [{ eventId: 'e', bestAvailable: { count: 51 } }, '/bestAvailable/count'],
    [{ eventId: 'e', bestAvailable: { count: 1.5 } }, '/bestAvailable/count'],
    [{ eventId: 'e', bestAvailable: { count: 1, maxPrice: -1 } }, '/bestAvailable/maxPrice'],
    [{ eventId: 'e', bestAvailable: { count: 1, category: 7 } }, '/bestAvailable/category'],
    [{ eventId: 'e', bestAvailable: { count: 1, section: null } }, '/bestAvailable/section'],
    [{ eventId: 'e', bestAvailable: { count: 1, together: 'far' } }, '/bestAvailable/together'],
    [{ eventId: 'e', bestAvailable: { count: 1, row: 'A' } }, '/bestAvailable/row'],
  ],
  'POST /v1/wallet/charges': [
    [{}, '/amount'],
    [{ amount: 0 }, '/amount'],
    [{ amount: -5 }, '/amount'],
    [{ amount: 10.5 }, '/amount'],
    [{ amount: '10' }, '/amount'],
    [{ amount: true }, '/amount'],
    [{ amount: 1_000_000_000_001 }, '/amount'],
    [{ amount: 10, currency: 'KRW' }, '/currency'],
  ],
  'POST /v1/payments': [
    [{}, '/reservationId'],
    [{ reservationId: 1 }, '/reservationId'],
    [{ reservationId: 'r', amount: 1 }, '/amount'],
  ],
};

describe('a body that breaks the syntax', () => {
  for (const [operation, cases] of Object.entries(refusals)) {
    it(`is refused by ${operation}, with a pointer, and changes nothing`, async () => {
      const { server, sale, ticket } = await openSale();
      const before = await readVisibleState(server, sale, ticket);
      for (const [body, pointer] of cases) {
        const answer = await server.call(operation as 'POST /', {
          as: 'fan',
          ticket,
          key: newKey(),
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        expect({ body, refusal: refusalOf(answer) }).toEqual({ body, refusal: [400, 'VALIDATION_FAILED'] });
        expect(answer.body.errors[0]).toEqual({ pointer, detail: expect.any(String) });
      }
      expect(await readVisibleState(server, sale, ticket)).toEqual(before);
    });
  }

  it('is refused where no body is taken, and an empty one is not', async () => {
    const { server, sale } = await openSale();
    const { id } = await hold(server, sale, 'other', [9]);
    const path = `POST /v1/reservations/${id}/extend` as const;
    const unknown = await server.call(path, { as: 'other', key: newKey(), body: { ttlMs: 1_000_000 } });
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ pointer: '/ttlMs' }] } });
    const empty = await server.call(path, {
      as: 'other',
      key: newKey(),
      headers: { 'content-type': 'application/json' },
      body: '',
    });
    expect(empty.status).toBe(200);
    const joined = await server.call(`POST /v1/concerts/${sale.concertId}/queue-tokens`, {
      as: 'third',
      body: {},
    });
    expect(joined.status).toBe(201);
  });
});
