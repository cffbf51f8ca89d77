import { describe, expect, it } from 'vitest';
import { accessTokenOf } from '../support/access-token.ts';
import { refusalOf } from '../support/caller.ts';
import { join, newKey, putOnSale } from '../support/scenario.ts';
import { createTestServer } from '../support/test-server.ts';

function choice(eventId: string, seatNumber: number) {
  return { eventId, seatNumbers: [seatNumber] };
}

describe('a request that is wrong in several ways', () => {
  it('is refused for identity, syntax, ticket, replay, not found, state and business, in this order', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const other = await putOnSale(server);
    const ticket = await join(server, sale.concertId, 'fan');
    const foreign = await join(server, sale.concertId, 'thief');
    const usedKey = newKey();
    const first = { as: 'fan', ticket, key: usedKey, body: choice(sale.eventId, 1) };
    const late = await join(server, sale.concertId, 'late');
    expect((await server.call('POST /v1/reservations', first)).status).toBe(201);

    const authorization = `Bearer ${await accessTokenOf('fan')}`;
    const attempts = [
      [{ ticket: 'forged', body: {} }, 401, 'UNAUTHENTICATED'],
      [{ ticket: 'forged', body: {} }, 400, 'IDEMPOTENCY_KEY_REQUIRED'],
      [{ ticket: 'forged', key: usedKey, body: {} }, 400, 'VALIDATION_FAILED'],
      [{ ticket: foreign, key: usedKey, body: choice('none', 99) }, 403, 'QUEUE_TOKEN_INVALID'],
      [{ ticket, key: usedKey, body: choice('none', 99) }, 422, 'IDEMPOTENCY_KEY_REUSED'],
      [{ ticket, key: newKey(), body: choice('none', 99) }, 404, 'NOT_FOUND'],
      [{ ticket, key: newKey(), body: choice(other.eventId, 99) }, 403, 'QUEUE_TOKEN_INVALID'],
      [{ ticket, key: newKey(), body: choice(sale.eventId, 99) }, 400, 'VALIDATION_FAILED'],
      [{ ticket, key: newKey(), body: choice(sale.eventId, 1) }, 409, 'HOLD_LIMIT_EXCEEDED'],
    ] as const;
    for (const [call, status, code] of attempts) {
      const headers = status === 401 ? {} : { authorization };
      const refusal = refusalOf(await server.call('POST /v1/reservations', { ...call, headers }));
      expect(refusal).toEqual([status, code]);
    }
    const taken = { as: 'late', ticket: late, key: newKey(), body: choice(sale.eventId, 1) };
    expect(refusalOf(await server.call('POST /v1/reservations', taken))).toEqual([409, 'SEAT_UNAVAILABLE']);
  });
});
