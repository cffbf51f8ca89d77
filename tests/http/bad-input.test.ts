import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { admitFan } from '../support/crowd.ts';
import type { Fan } from '../support/fan.ts';
import { type Sale, dateOnSaleBody } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import { tableChecksums } from '../support/table-checksums.ts';
import { useInstallation } from '../support/use-installation.ts';
import { BAD_AMOUNTS, BAD_EVENTS, BAD_POLICIES, BAD_READS, badHolds } from './bad-bodies.ts';
import { badAuthorizations, badTickets } from './bad-credentials.ts';
import { readRefusal } from './read-refusal.ts';

const installation = useInstallation({ http: 2, workers: 0 });
const UNKNOWN_ID = '01KB3X7Q9D2M5P8S1V4X7Z0B3E';
let sale: Sale;
let fan: Fan;
let stranger: Fan;
let reservationId: string;
let before: Record<string, string>;

beforeAll(async () => {
  sale = await installation().openSale({ seatCount: 50, price: 100 });
  fan = await admitFan(installation(), sale);
  stranger = await admitFan(installation(), sale);
  expectOk(await fan.charge(1_000));
  reservationId = expectOk(await fan.hold(sale.eventId, [1])).id;
  before = await tableChecksums(installation().db);
});

type Extra = { readonly headers?: Record<string, string>; readonly body?: unknown };

function post(who: Fan, path: string, { headers = {}, body }: Extra) {
  return who.send('POST', path, { key: randomUUID(), headers, body });
}

function hold({ headers = {}, body = { eventId: sale.eventId, seatNumbers: [2] } }: Extra) {
  return post(stranger, '/v1/reservations', { headers, body });
}

describe('a hold is refused with', () => {
  it.each(Object.keys(badHolds('')))('%s', async (name) => {
    expect(await readRefusal(hold({ body: badHolds(sale.eventId)[name] }))).toBe('400 VALIDATION_FAILED');
  });

  it('more seats than the policy allows, or an unknown event', async () => {
    expect(await readRefusal(stranger.hold(sale.eventId, [2, 3, 4, 5, 6]))).toBe('400 TOO_MANY_SEATS');
    expect(await readRefusal(stranger.hold(UNKNOWN_ID, [1]))).toBe('404 NOT_FOUND');
  });

  it('a body that is too large or of another type', async () => {
    const body = JSON.stringify({ eventId: sale.eventId, seatNumbers: [2] });
    for (const size of [17_000, 2_000_000])
      expect(await readRefusal(hold({ body: body.padEnd(size) }))).toBe('413 PAYLOAD_TOO_LARGE');
    const headers = { 'content-type': 'text/plain' };
    expect(await readRefusal(hold({ body, headers }))).toBe('415 UNSUPPORTED_MEDIA_TYPE');
  });
});

describe('money is refused', () => {
  it.each(Object.entries(BAD_AMOUNTS))('in a charge of %s', async (_, amount) => {
    const charged = post(fan, '/v1/wallet/charges', { body: { amount } });
    expect(await readRefusal(charged)).toBe('400 VALIDATION_FAILED');
  });

  it('in a payment of another user’s reservation, or with a price set by the client', async () => {
    expect(await readRefusal(stranger.pay(reservationId))).toBe('404 NOT_FOUND');
    expect(await readRefusal(stranger.pay(UNKNOWN_ID))).toBe('404 NOT_FOUND');
    for (const body of [{ reservationId, amount: 1 }, { reservationId: [reservationId] }, {}])
      expect(await readRefusal(post(fan, '/v1/payments', { body }))).toBe('400 VALIDATION_FAILED');
    expect(await readRefusal(fan.charge(1_000_000_000_000))).toBe('409 WALLET_LIMIT_EXCEEDED');
  });

  it('without an idempotency key, or with an unusable one', async () => {
    const charge = { body: { amount: 1 } };
    const missing = fan.send('POST', '/v1/wallet/charges', charge);
    expect(await readRefusal(missing)).toBe('400 IDEMPOTENCY_KEY_REQUIRED');
    for (const key of ['x'.repeat(256), 'two words'])
      expect(await readRefusal(fan.send('POST', '/v1/wallet/charges', { ...charge, key }))).toBe(
        '400 VALIDATION_FAILED',
      );
  });
});

it('another user’s reservation is answered like an unknown one', async () => {
  for (const response of [stranger.reservation(reservationId), stranger.cancel(reservationId)])
    expect(await readRefusal(response)).toBe('404 NOT_FOUND');
  expect(await readRefusal(stranger.extend(reservationId))).toBe('404 NOT_FOUND');
  const path = `/v1/reservations/${reservationId}/extend`;
  expect(await readRefusal(post(fan, path, { body: { ttlMs: 1 } }))).toBe('400 VALIDATION_FAILED');
  expect(expectOk(await stranger.reservations()).items).toEqual([]);
});

it.each(Object.keys(badAuthorizations('')))('an access token %s is refused', async (name) => {
  const headers = { authorization: (await badAuthorizations(fan.userId)[name]?.()) ?? '' };
  expect(await readRefusal(fan.send('GET', '/v1/wallet', { headers }))).toBe('401 UNAUTHENTICATED');
  const payment = post(fan, '/v1/payments', { headers, body: { reservationId } });
  expect(await readRefusal(payment)).toBe('401 UNAUTHENTICATED');
});

it('a missing, forged, altered or foreign ticket is refused', async () => {
  expect(await readRefusal(hold({ headers: { 'queue-token': '' } }))).toBe('403 QUEUE_TOKEN_REQUIRED');
  for (const [name, ticket] of Object.entries(badTickets(stranger.ticket(), fan.ticket()))) {
    const headers = { 'queue-token': ticket };
    expect(`${name}: ${await readRefusal(hold({ headers }))}`).toBe(`${name}: 403 QUEUE_TOKEN_INVALID`);
  }
  const other = await installation().openSale();
  before = await tableChecksums(installation().db);
  const body = { eventId: other.eventId, seatNumbers: [2] };
  expect(await readRefusal(hold({ body }))).toBe('403 QUEUE_TOKEN_INVALID');
});

describe('the admin routes refuse', () => {
  it('a user without the scope admin', async () => {
    const concert = `/v1/admin/concerts/${sale.concertId}`;
    const place = `${concert}/waiting-room/users/${stranger.userId}`;
    const created = post(fan, '/v1/admin/concerts', { body: { title: 'x', artist: 'y' } });
    const changed = fan.send('PATCH', `${concert}/policy`, { body: { hold: { ttlMs: 100 } } });
    for (const response of [created, changed, fan.send('DELETE', place)])
      expect(await readRefusal(response)).toBe('403 FORBIDDEN');
  });

  it.each(Object.entries(BAD_EVENTS))('a date with %s', async (_, wrong) => {
    const body = { ...dateOnSaleBody(), ...wrong };
    const created = post(installation().admin, `/v1/admin/concerts/${sale.concertId}/events`, { body });
    expect(await readRefusal(created)).toBe('400 VALIDATION_FAILED');
  });

  it.each(Object.entries(BAD_POLICIES))('a policy with %s', async (_, body) => {
    const path = `/v1/admin/concerts/${sale.concertId}/policy`;
    expect(await readRefusal(installation().admin.send('PATCH', path, { body }))).toBe(
      '400 VALIDATION_FAILED',
    );
  });
});

it.each(BAD_READS)('GET %s answers %s', async (path, expected) => {
  expect(await readRefusal(fan.send('GET', path))).toBe(expected);
});

it('no refused request has changed the database or the waiting room', async () => {
  expect(await tableChecksums(installation().db)).toEqual(before);
  expect(await installation().room(sale.concertId)).toMatchObject({ active: 2, waiting: 0 });
  expect((await fan.pay(reservationId)).status).toBe(201);
});
