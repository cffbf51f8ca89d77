import { describe, expect, it } from 'vitest';
import { answerOf } from '../src/answer.ts';
import { getWallet, holdSeats, listOrders } from '../src/generated/sdk.gen.ts';
import {
  type Act,
  answers,
  answersHtml,
  createServerDouble,
  disconnects,
  refuses,
} from './support/server-double.ts';

function walletOf(act: Act, signal?: AbortSignal) {
  const { client } = createServerDouble(act);
  return answerOf(getWallet({ client, ...(signal && { signal }) }));
}

/** An answer whose connection breaks after the first bytes. */
const breaksOff: Act = () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"balance":'));
    },
    pull(controller) {
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'application/json' } });
};

const answersNothing: Act = () =>
  new Response('', { headers: { 'Content-Type': 'application/json', 'Content-Length': '0' } });
const answersEvents: Act = () => new Response(':\n\n', { headers: { 'Content-Type': 'text/event-stream' } });

describe('answerOf', () => {
  it('has the data of a success, and whether it is a replay', async () => {
    expect(await walletOf(answers({ balance: 5 }))).toMatchObject({
      ok: true,
      data: { balance: 5 },
      replayed: false,
    });
    const replay = answers({ balance: 5 }, { headers: { 'Idempotent-Replayed': 'true' } });
    expect(await walletOf(replay)).toMatchObject({ ok: true, replayed: true });
  });

  it('has the problem of a refusal with its members and Retry-After', async () => {
    const { client } = createServerDouble(refuses(429, 'RATE_LIMITED', { 'Retry-After': '7' }));
    expect(await answerOf(getWallet({ client }))).toMatchObject({
      ok: false,
      problem: { code: 'RATE_LIMITED' },
      status: 429,
      retryAfterMs: 7_000,
    });
  });

  it('has the headers that a caller adds', async () => {
    const { client, requests } = createServerDouble(
      refuses(409, 'SEAT_UNAVAILABLE', {}, { unavailableSeats: [2] }),
    );
    const headers = { 'Idempotency-Key': 'key', 'Queue-Token': 'ticket' };
    const answer = await answerOf(
      holdSeats({ client, headers, body: { eventId: 'event', seatNumbers: [2] } }),
    );
    expect(answer).toMatchObject({ problem: { code: 'SEAT_UNAVAILABLE', unavailableSeats: [2] } });
    const [request] = requests;
    expect(request?.url).toBe('http://frontrow.test/v1/reservations');
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      authorization: 'Bearer access-token',
      'idempotency-key': 'key',
      'queue-token': 'ticket',
      'content-type': 'application/json',
    });
  });

  it('reads a Retry-After that is a date, as proxies send it', async () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    const answer = await walletOf(refuses(503, 'UNAVAILABLE', { 'Retry-After': inAMinute }));
    expect(answer.ok || answer.retryAfterMs).toBeGreaterThan(50_000);
  });

  it.each([
    ['no connection', disconnects, 'NETWORK', null],
    ['a body that is cut off', breaksOff, 'NETWORK', 200],
    [
      'half of a JSON text',
      () => new Response('{"balance":', { headers: { 'Content-Type': 'application/json' } }),
      'NOT_FRONTROW',
      200,
    ],
    ['the login page of a network', answersHtml(200), 'NOT_FRONTROW', 200],
    ['a plain text', () => new Response('OK'), 'NOT_FRONTROW', 200],
    ['an empty answer', answersNothing, 'NOT_FRONTROW', 200],
    ['an event stream in place of an answer', answersEvents, 'NOT_FRONTROW', 200],
    ['the error page of a proxy', answersHtml(502), 'NOT_FRONTROW', 502],
    ['the JSON of another server', answers({ message: 'Forbidden' }, { status: 403 }), 'NOT_FRONTROW', 403],
    [
      'the JSON of another server with a code',
      answers({ code: 'NOPE' }, { status: 403 }),
      'NOT_FRONTROW',
      403,
    ],
    ['an empty error', () => new Response(null, { status: 504 }), 'NOT_FRONTROW', 504],
  ] satisfies [string, Act, string, number | null][])(
    'is unreachable for %s',
    async (_name, act, reason, status) => {
      expect(await walletOf(act)).toEqual({
        ok: false,
        problem: { code: 'UNREACHABLE', reason },
        status,
        retryAfterMs: null,
      });
    },
  );

  it('keeps the Retry-After of a proxy', async () => {
    expect(await walletOf(answersHtml(503, { 'Retry-After': '3' }))).toMatchObject({ retryAfterMs: 3_000 });
  });

  it('does not wait for days because a proxy asks for it', async () => {
    const answer = await walletOf(answersHtml(503, { 'Retry-After': '99999999999' }));
    expect(answer).toMatchObject({ retryAfterMs: 600_000 });
  });

  it('is aborted by the signal of the call, before and during the request', async () => {
    const aborted = { ok: false, problem: { code: 'UNREACHABLE', reason: 'ABORTED' } };
    expect(await walletOf(answers({}), AbortSignal.abort())).toMatchObject(aborted);
    const abort = new AbortController();
    const waits: Act = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        abort.abort(new Error('the page was left'));
      });
    expect(await walletOf(waits, abort.signal)).toMatchObject(aborted);
  });

  it('takes text other than HTML for an answer', async () => {
    const { client } = createServerDouble(
      () => new Response('id\n1\n', { headers: { 'Content-Type': 'text/csv' } }),
    );
    const answer = await answerOf(
      listOrders({ client, path: { eventId: 'event' }, query: { format: 'csv' } }),
    );
    expect(answer).toMatchObject({ ok: true, data: 'id\n1\n' });
  });

  it('rejects where no request can be made of the arguments', async () => {
    const { client } = createServerDouble(answers({}));
    await expect(answerOf(getWallet({ client, headers: { 'Queue-Token': '한국어' } }))).rejects.toThrow(
      TypeError,
    );
  });
});
