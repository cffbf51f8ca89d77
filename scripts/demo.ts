// `npm run demo`: books seats on a running server as one fan, and prints every request and answer. FRONTROW_URL is the
// server's address; the server must issue development tokens, as that of `npm start` does.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

const server = process.env['FRONTROW_URL'] || 'http://127.0.0.1:3000';
const WAIT_MAX_MS = 10 * 60_000;
const SEAT_TRIES_MAX = 5;
const SHOWN_MAX = 600;

/** Ends the demo with a message and without a stack trace. */
class Stop extends Error {}

type Answer = { readonly status: number; readonly body: unknown };
type Request = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

try {
  await runDemo();
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(`\ndemo: ${error.message}`);
  process.exitCode = 1;
}

async function runDemo(): Promise<void> {
  const userId = `demo-${randomUUID().slice(0, 8)}`;
  const { accessToken } = await logIn(userId);
  const bearer = { authorization: `Bearer ${accessToken}` };

  const { concertId, title } = await findBookableConcert();
  say(`${userId} joins the waiting room of “${title}”`);
  const place = await ask<Status>('POST', `/v1/concerts/${concertId}/queue-tokens`, { headers: bearer });
  const ticket = await waitForAdmission(place);
  const admitted = { ...bearer, 'queue-token': ticket };

  say('Admitted: list the bookable dates and their available seats');
  const events = await ask<List<Event>>('GET', `/v1/concerts/${concertId}/events?bookable=true`);
  const reservation = await holdTwoSeats(events.items, admitted);

  say('Charge the wallet and pay for the hold');
  const amount = reservation.totalAmount;
  await ask('POST', '/v1/wallet/charges', { headers: withKey(bearer), body: { amount } });
  const payment = await ask<Payment>('POST', '/v1/payments', {
    headers: withKey(bearer),
    body: { reservationId: reservation.id },
  });

  say('Read the payment, the reservation, the ledger and the completed queue token');
  await ask('GET', `/v1/payments/${payment.id}`, { headers: bearer });
  await ask('GET', `/v1/reservations/${reservation.id}`, { headers: bearer });
  await ask('GET', '/v1/wallet/entries', { headers: bearer });
  await ask('GET', '/v1/queue-tokens/current', { headers: { 'queue-token': ticket } });
  say(`Done: ${userId} has seats ${reservation.seatNumbers.join(' and ')} for ${amount} won.`);
}

type List<T> = { readonly items: readonly T[] };
type Concert = { readonly id: string; readonly title: string };
type Event = { readonly id: string };
type Payment = { readonly id: string };
type Seats = { readonly seats: readonly { readonly number: number }[] };
type Reservation = {
  readonly id: string;
  readonly seatNumbers: readonly number[];
  readonly totalAmount: number;
};
type Status = {
  readonly status: string;
  readonly room: string;
  readonly position: number | null;
  readonly pollAfterMs: number | null;
  readonly token?: string;
};

async function logIn(userId: string): Promise<{ accessToken: string }> {
  say(`Log in at ${server}`);
  const answer = await send('POST', '/v1/dev/tokens', { body: { userId } });
  if (answer.status === 404) {
    stop('this server issues no development tokens; start one with "npm start", or set AUTH_MODE=dev');
  }
  return expectOk(answer) as { accessToken: string };
}

async function findBookableConcert(): Promise<{ concertId: string; title: string }> {
  const concerts = await ask<List<Concert>>('GET', '/v1/concerts');
  for (const { id, title } of concerts.items) {
    const events = await ask<List<Event>>('GET', `/v1/concerts/${id}/events?bookable=true`);
    if (events.items.length > 0) return { concertId: id, title };
  }
  return stop('no concert is bookable now; add the demo concerts with "pnpm seed"');
}

/** Polls at the interval that the server asks for, and returns the newest ticket. */
async function waitForAdmission(issued: Status): Promise<string> {
  const deadline = Date.now() + WAIT_MAX_MS;
  let ticket = issued.token ?? stop('the server issued no ticket');
  let status = issued;
  while (status.status === 'WAITING') {
    if (Date.now() > deadline) stop(`not admitted within ${WAIT_MAX_MS / 60_000} minutes`);
    say(`Waiting at position ${status.position ?? '?'}, the room is ${status.room}`);
    await wait(status.pollAfterMs ?? 1_000);
    status = await ask<Status>('GET', '/v1/queue-tokens/current', { headers: { 'queue-token': ticket } });
    ticket = status.token ?? ticket;
  }
  if (status.status !== 'ACTIVE') stop(`the ticket ended as ${status.status}`);
  return ticket;
}

/** Retries when other fans were faster, and goes on to the next date when one is sold out. */
async function holdTwoSeats(events: readonly Event[], headers: Record<string, string>): Promise<Reservation> {
  for (const { id: eventId } of events) {
    for (let tries = 0; tries < SEAT_TRIES_MAX; tries += 1) {
      const { seats } = await ask<Seats>('GET', `/v1/events/${eventId}/seats?status=AVAILABLE`, { headers });
      const seatNumbers = seats.slice(0, 2).map(({ number }) => number);
      if (seatNumbers.length === 0) break;
      const body = { eventId, seatNumbers };
      const answer = await send('POST', '/v1/reservations', { headers: withKey(headers), body });
      if (answer.status !== 409) return expectOk(answer) as Reservation;
    }
  }
  return stop('no seats are available');
}

function withKey(headers: Record<string, string>): Record<string, string> {
  return { ...headers, 'idempotency-key': randomUUID() };
}

async function ask<T>(method: string, path: string, request: Request = {}): Promise<T> {
  return expectOk(await send(method, path, request)) as T;
}

function expectOk({ status, body }: Answer): unknown {
  if (status >= 400) stop(`the server answered ${status}, see above`);
  return body;
}

async function send(method: string, path: string, { body, headers = {} }: Request): Promise<Answer> {
  const shownBody = body === undefined ? '' : ` ${JSON.stringify(body)}`;
  const sent = Object.keys(headers).join(', ');
  console.log(`\n→ ${method} ${path}${shownBody}${sent === '' ? '' : `   (with ${sent})`}`);
  const response = await fetch(server + path, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => stop(`no server answers at ${server}: start one with "npm start"`, cause));
  const text = await response.text();
  console.log(`← ${response.status} ${shorten(text)}`);
  return { status: response.status, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // perhaps not a frontrow server
  }
}

function shorten(text: string): string {
  return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)} … (${text.length} characters)`;
}

function say(text: string): void {
  console.log(`\n── ${text}`);
}

function stop(message: string, cause?: unknown): never {
  throw new Stop(message, { cause });
}
