// `npm run demo`: puts a concert on sale on a running server, waits behind other fans, and books seats as one fan. It prints
// every request and answer. FRONTROW_URL is the server's address; the server must issue development tokens, as that of
// `npm start` does.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

const server = process.env['FRONTROW_URL'] || 'http://127.0.0.1:3000';
const WAIT_MAX_MS = 10 * 60_000;
const INTERVAL_MS = 3_000;
const DAY_MS = 24 * 60 * 60_000;
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
  const sale = await announceSale();
  await joinAhead(sale.concertId, ['mina', 'jun', 'sora']);

  const userId = `demo-${randomUUID().slice(0, 8)}`;
  say(`${userId} joins the waiting room behind them`);
  const bearer = await logIn({ userId });
  const path = `/v1/concerts/${sale.concertId}/queue-tokens`;
  const place = await ask<Status>('POST', path, { headers: bearer });
  const ticket = await waitForAdmission(place);
  const admitted = { ...bearer, 'queue-token': ticket };

  say('Admitted: list the available seats and hold two of them');
  const seatList = `/v1/events/${sale.eventId}/seats?status=AVAILABLE`;
  const { seats } = await ask<Seats>('GET', seatList, { headers: admitted });
  const seatNumbers = seats.slice(0, 2).map(({ number }) => number);
  const reservation = await ask<Reservation>('POST', '/v1/reservations', {
    headers: withKey(admitted),
    body: { eventId: sale.eventId, seatNumbers },
  });

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

type Sale = { readonly concertId: string; readonly eventId: string };
type Payment = { readonly id: string };
type Seats = { readonly seats: readonly { readonly number: number }[] };
type Reservation = {
  readonly id: string;
  readonly seatNumbers: readonly number[];
  readonly totalAmount: number;
};
type Status = {
  readonly status: string;
  readonly position: number | null;
  readonly estimatedWaitSeconds: number | null;
  readonly pollAfterMs: number | null;
  readonly token?: string;
};

/** The header that identifies the user. */
async function logIn(user: { userId: string; scope?: string }): Promise<{ authorization: string }> {
  const answer = await send('POST', '/v1/dev/tokens', { body: user });
  if (answer.status === 404) {
    stop('this server issues no development tokens; start one with "npm start", or set AUTH_MODE=dev');
  }
  const { accessToken } = expectOk(answer) as { accessToken: string };
  return { authorization: `Bearer ${accessToken}` };
}

/** Creates a concert with one date that is on sale, whose waiting room admits one fan in each interval. */
async function announceSale(): Promise<Sale> {
  say(`An organiser puts a concert on sale at ${server}, and admits one fan every ${INTERVAL_MS / 1_000} s`);
  const headers = await logIn({ userId: 'demo-organiser', scope: 'admin' });
  const concert = await ask<{ id: string }>('POST', '/v1/admin/concerts', {
    headers,
    body: { title: 'One at a Time', artist: 'The Patient Crowd' },
  });
  await ask('PATCH', `/v1/admin/concerts/${concert.id}/policy`, {
    headers,
    body: { admission: { batchSize: 1, intervalMs: INTERVAL_MS } },
  });
  const event = await ask<{ id: string }>('POST', `/v1/admin/concerts/${concert.id}/events`, {
    headers,
    body: {
      venue: 'Blue Hall, Seoul',
      startsAt: inDays(30),
      reservationStartAt: inDays(-1),
      reservationEndAt: inDays(29),
      seatCount: 50,
      price: 99_000,
    },
  });
  return { concertId: concert.id, eventId: event.id };
}

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

/** The first of them finds an empty hall and is admitted at once; the others wait. */
async function joinAhead(concertId: string, names: readonly string[]): Promise<void> {
  say(`${names.join(', ')} join the waiting room`);
  for (const name of names) {
    const headers = await logIn({ userId: `${name}-${randomUUID().slice(0, 8)}` });
    await ask('POST', `/v1/concerts/${concertId}/queue-tokens`, { headers });
  }
}

/** Polls at the interval that the server asks for, and returns the newest ticket. */
async function waitForAdmission(issued: Status): Promise<string> {
  const deadline = Date.now() + WAIT_MAX_MS;
  let ticket = issued.token ?? stop('the server issued no ticket');
  let status = issued;
  while (status.status === 'WAITING') {
    if (Date.now() > deadline) stop(`not admitted within ${WAIT_MAX_MS / 60_000} minutes`);
    const { position, estimatedWaitSeconds: seconds } = status;
    say(`Waiting at position ${position ?? '?'} of the line, for about ${seconds ?? '?'} s more`);
    await wait(status.pollAfterMs ?? 1_000);
    status = await ask<Status>('GET', '/v1/queue-tokens/current', { headers: { 'queue-token': ticket } });
    ticket = status.token ?? ticket;
  }
  if (status.status !== 'ACTIVE') stop(`the ticket ended as ${status.status}`);
  return ticket;
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
