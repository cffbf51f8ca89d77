import { expect } from 'vitest';
import type { Page, Payment, Policy, QueueStatus } from '../support/response-bodies.ts';
import { eventually } from '../support/eventually.ts';
import { outcome } from '../support/outcomes.ts';
import type { Answer } from '../support/client.ts';
import type { Fan } from '../support/fan.ts';
import { dateOnSaleBody } from '../support/concert-on-sale-over-http.ts';

/** The users of the journey, who send their requests to the same server. */
export type JourneyActors = {
  readonly admin: Fan;
  readonly mina: Fan;
  readonly jun: Fan;
  readonly stranger: Fan;
};

/** Runs a sale from its announcement to its payments, with every refusal, and checks the status and code of each answer. */
export async function runJourney(actors: JourneyActors): Promise<void> {
  const sale = await announce(actors);
  await waitInLine(actors, sale);
  const reservationId = await hold(actors, sale);
  await pay(actors, sale, reservationId);
  await followUp(actors, sale, reservationId);
  await operate(actors, sale);
}

type JourneySale = { readonly concertId: string; readonly eventId: string; readonly laterEventId: string };

async function expectAnswer<Body>(
  expected: string,
  response: Promise<Answer<Body & { code: string }>>,
): Promise<Body> {
  const answer = await response;
  expect(outcome(answer)).toBe(expected);
  return answer.body;
}

/** Polls until the queue token has these properties: snapshots and admissions take a moment. */
async function expectQueueToken(fan: Fan, expected: Partial<QueueStatus>): Promise<void> {
  await eventually(async () => expect(await expectAnswer('200', fan.status())).toMatchObject(expected));
}

async function announce({ admin, mina }: JourneyActors): Promise<JourneySale> {
  const concert = { title: 'Winter Light', artist: 'The Night Owls' };
  const post = (path: string, body: unknown, key?: string) =>
    admin.send<{ id: string }>('POST', path, { body, ...(key === undefined ? {} : { key }) });
  await expectAnswer('403 FORBIDDEN', mina.send('POST', '/v1/admin/concerts', { body: concert }));
  await expectAnswer('400 VALIDATION_FAILED', post('/v1/admin/concerts', { ...concert, seats: 3 }));
  const { id: concertId } = await expectAnswer('201', post('/v1/admin/concerts', concert, 'new-concert'));
  await expectAnswer('201', post('/v1/admin/concerts', concert, 'new-concert'));
  await expectAnswer(
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
  const { id: eventId } = await expectAnswer('201', post(events, event));
  const laterEvent = post(events, { ...later, seatCount: undefined }, 'later-event');
  const { id: laterEventId } = await expectAnswer('201', laterEvent);
  await expectAnswer('400 VALIDATION_FAILED', post(events, later));
  await expectAnswer('400 VALIDATION_FAILED', post(events, { ...event, startsAt: event.reservationStartAt }));
  await expectAnswer('404 NOT_FOUND', post('/v1/admin/concerts/nothing/events', event));

  for (const query of ['', '?bookable=true', '?limit=1'])
    await expectAnswer('200', mina.send('GET', `/v1/concerts/${concertId}/events${query}`));
  await expectAnswer('200', mina.send('GET', `/v1/concerts/${concertId}`));
  await expectAnswer('404 NOT_FOUND', mina.send('GET', '/v1/concerts/nothing'));
  return { concertId, eventId, laterEventId };
}

async function waitInLine(
  { admin, mina, jun, stranger }: JourneyActors,
  { concertId, eventId }: JourneySale,
): Promise<void> {
  const policy = `/v1/admin/concerts/${concertId}/policy`;
  const change = (admission: object) => admin.send<Policy>('PATCH', policy, { body: { admission } });
  await expectAnswer('200', admin.send('GET', policy));
  await expectAnswer('400 VALIDATION_FAILED', change({ batchSize: 0 }));
  await expectAnswer('200', change({ state: 'PAUSED', maxActive: 1 }));

  await expectAnswer('403 QUEUE_TOKEN_REQUIRED', mina.seats(eventId));
  expect(await expectAnswer('201', mina.join(concertId))).toMatchObject({
    status: 'WAITING',
    position: 1,
    room: 'PAUSED',
  });
  expect(await expectAnswer('201', jun.join(concertId))).toMatchObject({ status: 'WAITING', position: 2 });
  await expectAnswer('200', mina.join(concertId));
  await expectAnswer('404 NOT_FOUND', stranger.join('nothing'));
  await expectAnswer('403 QUEUE_TOKEN_NOT_ACTIVE', mina.seats(eventId));
  await expectAnswer('403 QUEUE_TOKEN_NOT_ACTIVE', mina.hold(eventId, [1]));
  const headers = { 'queue-token': mina.ticket() };
  await expectAnswer(
    '403 QUEUE_TOKEN_INVALID',
    stranger.send('GET', `/v1/events/${eventId}/seats`, { headers }),
  );

  await expectAnswer('200', change({ state: 'RUNNING' }));
  await expectQueueToken(mina, { status: 'ACTIVE', position: 0 });
  await expectQueueToken(jun, { status: 'WAITING', position: 1, room: 'OPEN' });
}

async function hold(
  { mina, jun, stranger }: JourneyActors,
  { eventId, laterEventId }: JourneySale,
): Promise<string> {
  await expectAnswer('200', mina.seats(eventId));
  await expectAnswer('404 NOT_FOUND', mina.seats('nothing'));
  const body = { eventId, seatNumbers: [2, 1] };
  await expectAnswer('400 IDEMPOTENCY_KEY_REQUIRED', mina.send('POST', '/v1/reservations', { body }));
  await expectAnswer('400 TOO_MANY_SEATS', mina.hold(eventId, [1, 2, 3, 4, 5]));
  await expectAnswer('400 VALIDATION_FAILED', mina.hold(eventId, [7]));
  await expectAnswer('400 VALIDATION_FAILED', mina.hold(eventId, [1, 1]));
  await expectAnswer('404 NOT_FOUND', mina.hold('nothing', [1]));
  await expectAnswer('409 EVENT_NOT_BOOKABLE', mina.hold(laterEventId, [1]));
  const { id } = await expectAnswer('201', mina.hold(eventId, [2, 1], 'hold'));
  await expectAnswer('201', mina.hold(eventId, [2, 1], 'hold'));
  await expectAnswer('422 IDEMPOTENCY_KEY_REUSED', mina.hold(eventId, [2, 3], 'hold'));
  await expectAnswer('409 HOLD_LIMIT_EXCEEDED', mina.hold(eventId, [3]));
  await expectAnswer('403 QUEUE_TOKEN_NOT_ACTIVE', jun.hold(eventId, [3]));
  await expectAnswer('200', mina.seats(eventId, '?status=HELD'));
  await expectAnswer('200', mina.reservation(id));
  await expectAnswer('404 NOT_FOUND', stranger.reservation(id));
  await expectAnswer('200', mina.extend(id, 'extend'));
  await expectAnswer('200', mina.extend(id, 'extend'));
  await expectAnswer('409 EXTENSION_LIMIT_EXCEEDED', mina.extend(id));
  return id;
}

async function pay(
  { mina, stranger }: JourneyActors,
  { eventId }: JourneySale,
  reservationId: string,
): Promise<void> {
  await expectAnswer('402 INSUFFICIENT_BALANCE', mina.pay(reservationId));
  await expectAnswer('404 NOT_FOUND', stranger.pay(reservationId));
  await expectAnswer('400 VALIDATION_FAILED', mina.charge(-1));
  await expectAnswer('201', mina.charge(200_000, 'charge'));
  await expectAnswer('201', mina.charge(200_000, 'charge'));
  await expectAnswer('201', mina.charge(100_000));
  await expectAnswer('409 WALLET_LIMIT_EXCEEDED', mina.charge(1_000_000_000_000));
  const { id } = await expectAnswer('201', mina.pay(reservationId, 'pay'));
  await expectAnswer('201', mina.pay(reservationId, 'pay'));
  await expectAnswer('409 RESERVATION_NOT_HELD', mina.pay(reservationId));
  await expectAnswer('409 RESERVATION_NOT_HELD', mina.cancel(reservationId));
  await expectAnswer('409 RESERVATION_NOT_HELD', mina.extend(reservationId));
  await expectAnswer('200', mina.send<Payment>('GET', `/v1/payments/${id}`));
  await expectAnswer('404 NOT_FOUND', stranger.send('GET', `/v1/payments/${id}`));
  await expectAnswer('200', mina.payments());
  await expectAnswer('200', mina.reservations());
  await expectAnswer('200', mina.wallet());
  const page = await expectAnswer('200', mina.send<Page<unknown>>('GET', '/v1/wallet/entries?limit=2'));
  await expectAnswer('200', mina.send('GET', `/v1/wallet/entries?limit=2&cursor=${page.nextCursor}`));
  await expectQueueToken(mina, { status: 'COMPLETED', position: null });
  await expectAnswer('403 QUEUE_TOKEN_NOT_ACTIVE', mina.seats(eventId));
}

async function followUp(
  { mina, jun, stranger }: JourneyActors,
  sale: JourneySale,
  paid: string,
): Promise<void> {
  const { concertId, eventId } = sale;
  await expectQueueToken(jun, { status: 'ACTIVE' });
  await expectAnswer('200', jun.seats(eventId));
  await expectAnswer('409 SEAT_UNAVAILABLE', jun.hold(eventId, [2, 3]));
  const { id } = await expectAnswer('201', jun.hold(eventId, [3]));
  expect(await expectAnswer('201', mina.join(concertId))).toMatchObject({ status: 'WAITING', position: 1 });
  await expectAnswer('404 NOT_FOUND', stranger.cancel(paid));
  await expectAnswer('204', jun.cancel(id));
  await expectAnswer('204', jun.cancel(id));
  await expectAnswer('409 RESERVATION_NOT_HELD', jun.pay(id));
  await expectAnswer('204', jun.leave());
  await expectQueueToken(jun, { status: 'LEFT' });
  await expectQueueToken(mina, { status: 'ACTIVE' });
  await expectAnswer('200', mina.seats(eventId, '?status=AVAILABLE'));
  await expectAnswer('200', stranger.wallet());
}

async function operate({ admin, mina, stranger }: JourneyActors, { concertId }: JourneySale): Promise<void> {
  const room = `/v1/admin/concerts/${concertId}/waiting-room`;
  await expectAnswer('200', admin.send('GET', room));
  await expectAnswer('403 FORBIDDEN', stranger.send('GET', room));
  await expectAnswer('204', admin.send('DELETE', `${room}/users/${mina.userId}`));
  await expectAnswer('204', admin.send('DELETE', `${room}/users/${mina.userId}`));
  await expectQueueToken(mina, { status: 'EXPIRED' });
  const nobody = { authorization: 'Bearer nonsense' };
  await expectAnswer('401 UNAUTHENTICATED', mina.send('GET', '/v1/wallet', { headers: nobody }));
  await expectAnswer('404 NOT_FOUND', admin.send('GET', '/v1/admin/concerts/nothing/policy'));
}
