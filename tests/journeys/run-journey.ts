import { expect } from 'vitest';
import type { Page, Payment, Policy, QueueStatus } from '../support/response-bodies.ts';
import { eventually } from '../support/eventually.ts';
import { outcome } from '../support/outcomes.ts';
import type { Answer } from '../support/client.ts';
import type { Fan } from '../support/fan.ts';
import { dateOnSaleBody } from '../support/concert-on-sale-over-http.ts';

/** Everyone who takes part, each talking to the same server. */
export type JourneyActors = {
  readonly admin: Fan;
  readonly mina: Fan;
  readonly jun: Fan;
  readonly stranger: Fan;
};

/** A sale from its announcement to its receipts, with every refusal on the way; each answer is as the contract says. */
export async function runJourney(cast: JourneyActors): Promise<void> {
  const stage = await announce(cast);
  await waitInLine(cast, stage);
  const reservationId = await hold(cast, stage);
  await pay(cast, stage, reservationId);
  await followUp(cast, stage, reservationId);
  await operate(cast, stage);
}

type Stage = { readonly concertId: string; readonly eventId: string; readonly laterEventId: string };

async function answers<Body>(
  expected: string,
  said: Promise<Answer<Body & { code: string }>>,
): Promise<Body> {
  const answer = await said;
  expect(outcome(answer)).toBe(expected);
  return answer.body;
}

/** Polls until the ticket stands so: an answer may be a moment old, and admission takes one. */
async function stands(fan: Fan, expected: Partial<QueueStatus>): Promise<void> {
  await eventually(async () => expect(await answers('200', fan.status())).toMatchObject(expected));
}

async function announce({ admin, mina }: JourneyActors): Promise<Stage> {
  const concert = { title: 'Winter Light', artist: 'The Night Owls' };
  const post = (path: string, body: unknown, key?: string) =>
    admin.send<{ id: string }>('POST', path, { body, ...(key === undefined ? {} : { key }) });
  await answers('403 FORBIDDEN', mina.send('POST', '/v1/admin/concerts', { body: concert }));
  await answers('400 VALIDATION_FAILED', post('/v1/admin/concerts', { ...concert, seats: 3 }));
  const { id: concertId } = await answers('201', post('/v1/admin/concerts', concert, 'new-concert'));
  await answers('201', post('/v1/admin/concerts', concert, 'new-concert'));
  await answers(
    '422 IDEMPOTENCY_KEY_REUSED',
    post('/v1/admin/concerts', { ...concert, title: 'x' }, 'new-concert'),
  );

  const events = `/v1/admin/concerts/${concertId}/events`;
  const event = { ...dateOnSaleBody(), price: 120_000, seatCount: 6 };
  const later = {
    ...event,
    reservationStartAt: event.reservationEndAt,
    reservationEndAt: event.startsAt,
  };
  const { id: eventId } = await answers('201', post(events, event));
  const { id: laterEventId } = await answers('201', post(events, { ...later, seatCount: undefined }));
  await answers('400 VALIDATION_FAILED', post(events, { ...event, startsAt: event.reservationStartAt }));
  await answers('404 NOT_FOUND', post('/v1/admin/concerts/nothing/events', event));

  for (const query of ['', '?bookable=true', '?limit=1'])
    await answers('200', mina.send('GET', `/v1/concerts/${concertId}/events${query}`));
  await answers('200', mina.send('GET', `/v1/concerts/${concertId}`));
  await answers('404 NOT_FOUND', mina.send('GET', '/v1/concerts/nothing'));
  return { concertId, eventId, laterEventId };
}

async function waitInLine(
  { admin, mina, jun, stranger }: JourneyActors,
  { concertId, eventId }: Stage,
): Promise<void> {
  const policy = `/v1/admin/concerts/${concertId}/policy`;
  const change = (admission: object) => admin.send<Policy>('PATCH', policy, { body: { admission } });
  await answers('200', admin.send('GET', policy));
  await answers('400 VALIDATION_FAILED', change({ batchSize: 0 }));
  await answers('200', change({ state: 'PAUSED', maxActive: 1 }));

  await answers('403 QUEUE_TOKEN_REQUIRED', mina.seats(eventId));
  expect(await answers('201', mina.join(concertId))).toMatchObject({
    status: 'WAITING',
    position: 1,
    room: 'PAUSED',
  });
  expect(await answers('201', jun.join(concertId))).toMatchObject({ status: 'WAITING', position: 2 });
  await answers('200', mina.join(concertId));
  await answers('404 NOT_FOUND', stranger.join('nothing'));
  await answers('403 QUEUE_TOKEN_NOT_ACTIVE', mina.seats(eventId));
  await answers('403 QUEUE_TOKEN_NOT_ACTIVE', mina.hold(eventId, [1]));
  const headers = { 'queue-token': mina.ticket() };
  await answers('403 QUEUE_TOKEN_INVALID', stranger.send('GET', `/v1/events/${eventId}/seats`, { headers }));

  await answers('200', change({ state: 'RUNNING' }));
  await stands(mina, { status: 'ACTIVE', position: 0 });
  await stands(jun, { status: 'WAITING', position: 1, room: 'OPEN' });
}

async function hold(
  { mina, jun, stranger }: JourneyActors,
  { eventId, laterEventId }: Stage,
): Promise<string> {
  await answers('200', mina.seats(eventId));
  await answers('404 NOT_FOUND', mina.seats('nothing'));
  const body = { eventId, seatNumbers: [2, 1] };
  await answers('400 IDEMPOTENCY_KEY_REQUIRED', mina.send('POST', '/v1/reservations', { body }));
  await answers('400 TOO_MANY_SEATS', mina.hold(eventId, [1, 2, 3, 4, 5]));
  await answers('400 VALIDATION_FAILED', mina.hold(eventId, [7]));
  await answers('400 VALIDATION_FAILED', mina.hold(eventId, [1, 1]));
  await answers('404 NOT_FOUND', mina.hold('nothing', [1]));
  await answers('409 EVENT_NOT_BOOKABLE', mina.hold(laterEventId, [1]));
  const { id } = await answers('201', mina.hold(eventId, [2, 1], 'hold'));
  await answers('201', mina.hold(eventId, [2, 1], 'hold'));
  await answers('422 IDEMPOTENCY_KEY_REUSED', mina.hold(eventId, [2, 3], 'hold'));
  await answers('409 HOLD_LIMIT_EXCEEDED', mina.hold(eventId, [3]));
  await answers('403 QUEUE_TOKEN_NOT_ACTIVE', jun.hold(eventId, [3]));
  await answers('200', mina.seats(eventId, '?status=HELD'));
  await answers('200', mina.reservation(id));
  await answers('404 NOT_FOUND', stranger.reservation(id));
  await answers('200', mina.extend(id, 'extend'));
  await answers('200', mina.extend(id, 'extend'));
  await answers('409 EXTENSION_LIMIT_EXCEEDED', mina.extend(id));
  return id;
}

async function pay(
  { mina, stranger }: JourneyActors,
  { eventId }: Stage,
  reservationId: string,
): Promise<void> {
  await answers('402 INSUFFICIENT_BALANCE', mina.pay(reservationId));
  await answers('404 NOT_FOUND', stranger.pay(reservationId));
  await answers('400 VALIDATION_FAILED', mina.charge(-1));
  await answers('201', mina.charge(200_000, 'charge'));
  await answers('201', mina.charge(200_000, 'charge'));
  await answers('201', mina.charge(100_000));
  await answers('409 WALLET_LIMIT_EXCEEDED', mina.charge(1_000_000_000_000));
  const { id } = await answers('201', mina.pay(reservationId, 'pay'));
  await answers('201', mina.pay(reservationId, 'pay'));
  await answers('409 RESERVATION_NOT_HELD', mina.pay(reservationId));
  await answers('409 RESERVATION_NOT_HELD', mina.cancel(reservationId));
  await answers('409 RESERVATION_NOT_HELD', mina.extend(reservationId));
  await answers('200', mina.send<Payment>('GET', `/v1/payments/${id}`));
  await answers('404 NOT_FOUND', stranger.send('GET', `/v1/payments/${id}`));
  await answers('200', mina.payments());
  await answers('200', mina.reservations());
  await answers('200', mina.wallet());
  const page = await answers('200', mina.send<Page<unknown>>('GET', '/v1/wallet/entries?limit=2'));
  await answers('200', mina.send('GET', `/v1/wallet/entries?limit=2&cursor=${page.nextCursor}`));
  await stands(mina, { status: 'COMPLETED', position: null });
  await answers('403 QUEUE_TOKEN_NOT_ACTIVE', mina.seats(eventId));
}

async function followUp({ mina, jun, stranger }: JourneyActors, stage: Stage, paid: string): Promise<void> {
  const { concertId, eventId } = stage;
  await stands(jun, { status: 'ACTIVE' });
  await answers('200', jun.seats(eventId));
  await answers('409 SEAT_UNAVAILABLE', jun.hold(eventId, [2, 3]));
  const { id } = await answers('201', jun.hold(eventId, [3]));
  expect(await answers('201', mina.join(concertId))).toMatchObject({ status: 'WAITING', position: 1 });
  await answers('404 NOT_FOUND', stranger.cancel(paid));
  await answers('204', jun.cancel(id));
  await answers('204', jun.cancel(id));
  await answers('409 RESERVATION_NOT_HELD', jun.pay(id));
  await answers('204', jun.leave());
  await stands(jun, { status: 'LEFT' });
  await stands(mina, { status: 'ACTIVE' });
  await answers('200', mina.seats(eventId, '?status=AVAILABLE'));
  await answers('200', stranger.wallet());
}

async function operate({ admin, mina, stranger }: JourneyActors, { concertId }: Stage): Promise<void> {
  const room = `/v1/admin/concerts/${concertId}/waiting-room`;
  await answers('200', admin.send('GET', room));
  await answers('403 FORBIDDEN', stranger.send('GET', room));
  await answers('204', admin.send('DELETE', `${room}/users/${mina.userId}`));
  await answers('204', admin.send('DELETE', `${room}/users/${mina.userId}`));
  await stands(mina, { status: 'EXPIRED' });
  const nobody = { authorization: 'Bearer nonsense' };
  await answers('401 UNAUTHENTICATED', mina.send('GET', '/v1/wallet', { headers: nobody }));
  await answers('404 NOT_FOUND', admin.send('GET', '/v1/admin/concerts/nothing/policy'));
}
