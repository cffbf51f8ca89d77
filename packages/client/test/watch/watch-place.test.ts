import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueueStatus } from '../../src/generated/types.gen.ts';
import { createMemoryStorage } from '../../src/storage.ts';
import { createTicketStore } from '../../src/ticket-store.ts';
import type { Connection } from '../../src/watch/connection.ts';
import { watchPlace } from '../../src/watch/watch-place.ts';
import { endedStatus, eventText, queueStatus } from '../support/sample-answers.ts';
import {
  type Act,
  answers,
  answersHtml,
  createServerDouble,
  createStreamAct,
  disconnects,
  refuses,
} from '../support/server-double.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(...acts: readonly Act[]) {
  const { client, requests } = createServerDouble(...acts);
  const tickets = createTicketStore(createMemoryStorage());
  tickets.keep(queueStatus(-1_000, { token: 'ticket-0' }));
  const statuses: QueueStatus[] = [];
  const connections: Connection[] = [];
  const abort = new AbortController();
  const place = watchPlace({
    client,
    concertId: 'concert',
    tickets,
    signal: abort.signal,
    random: () => 1,
    onStatus: (status) => statuses.push(status),
    onConnection: (connection) => connections.push(connection),
  });
  return {
    place,
    tickets,
    abort,
    requests,
    statuses,
    /** The last part of the path of each request. */
    asked: () => requests.map(({ url }) => url.slice(url.lastIndexOf('/') + 1)),
    kinds: () => connections.map((connection) => connection.kind),
    connections,
    positions: () => statuses.map(({ position }) => position),
  };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const NO_STREAMS = refuses(429, 'STREAM_LIMIT');
const streamsFail: Act = (request) =>
  request.url.endsWith('/stream') ? disconnects(request) : answers(queueStatus(0))(request);

describe('watchPlace by a stream', () => {
  it('reports each status, keeps the newest ticket and tells the end', async () => {
    const stream = createStreamAct();
    const { place, statuses, tickets, kinds, requests } = watch(stream.act);
    await pass(0);
    expect(requests[0]?.headers.get('Queue-Token')).toBe('ticket-0');
    expect(requests[0]?.headers.has('Authorization')).toBe(false);
    stream.write('retry: 2000\n\n');
    stream.write(eventText('status', queueStatus(0, { token: 'ticket-1' }), 'a'));
    stream.write(eventText('status', queueStatus(10, { position: 0, status: 'ACTIVE' }), 'b'));
    stream.write(eventText('end', endedStatus(20, 'COMPLETED'), 'c'));
    expect(await place.ended).toEqual({ kind: 'ENDED', status: endedStatus(20, 'COMPLETED') });
    expect(statuses.map(({ status }) => status)).toEqual(['WAITING', 'ACTIVE', 'COMPLETED']);
    expect(tickets.read('concert')).toBe('ticket-1');
    expect(kinds()).toEqual(['streaming']);
    expect(stream.isCancelled()).toBe(true);
  });

  it('goes on from the last event after the delay of the server, with the newest ticket', async () => {
    const [first, second] = [createStreamAct(), createStreamAct()];
    const { requests, kinds } = watch(first.act, second.act);
    await pass(0);
    first.write(`retry: 4000\n\n${eventText('status', queueStatus(0, { token: 'ticket-1' }), 'a')}`);
    first.end();
    await pass(3_999);
    expect(requests).toHaveLength(1);
    await pass(1);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.headers.get('Last-Event-ID')).toBe('a');
    expect(requests[1]?.headers.get('Queue-Token')).toBe('ticket-1');
    expect(kinds()).toEqual(['streaming']);
  });

  it('goes on when the connection breaks, and when it falls silent without an end', async () => {
    const [first, second] = [createStreamAct(), createStreamAct()];
    const { asked, kinds, connections } = watch(first.act, second.act, answers(queueStatus(20)));
    await pass(0);
    first.write(`retry: 1000\n\n${eventText('status', queueStatus(0), 'a')}`);
    await pass(10_000);
    first.write(':\n\n');
    await pass(24_000);
    first.write(':\n\n');
    first.breakOff();
    await pass(999);
    expect(connections.at(-1)).toMatchObject({ kind: 'waiting', code: 'UNREACHABLE' });
    await pass(1);
    second.write(eventText('status', queueStatus(10), 'b'));
    await pass(35_000);
    expect(second.isCancelled()).toBe(true);
    expect(asked().slice(0, 3)).toEqual(['stream', 'stream', 'current']);
    expect(kinds()).toEqual(['streaming', 'waiting', 'streaming', 'waiting', 'polling']);
  });

  it('says that it streams again where nothing has changed meanwhile', async () => {
    const [first, second] = [createStreamAct(), createStreamAct()];
    const { kinds } = watch(first.act, second.act);
    await pass(0);
    first.write(`retry: 1000\n\n${eventText('status', queueStatus(0), 'a')}`);
    first.breakOff();
    await pass(1_000);
    second.write('retry: 1000\n\n');
    await pass(0);
    expect(kinds()).toEqual(['streaming', 'waiting', 'streaming']);
  });

  it('says that the server cannot tell the status while the stream stays open', async () => {
    const stream = createStreamAct();
    const { connections } = watch(stream.act);
    await pass(0);
    stream.write(eventText('unavailable', { code: 'UNAVAILABLE' }));
    await pass(0);
    expect(connections).toEqual([{ kind: 'waiting', code: 'UNAVAILABLE', retryAt: null }]);
    stream.write(eventText('status', queueStatus(0)));
    await pass(0);
    expect(connections.at(-1)).toEqual({ kind: 'streaming' });
  });

  it('reports no status that is older than the last, so that no position grows', async () => {
    const stream = createStreamAct();
    const { positions } = watch(stream.act);
    await pass(0);
    stream.write(eventText('status', queueStatus(100, { position: 50 })));
    stream.write(eventText('status', queueStatus(50, { position: 60 })));
    stream.write(eventText('status', queueStatus(150, { position: 40 })));
    await pass(0);
    expect(positions()).toEqual([50, 40]);
  });

  it('opens a stream at once where the device has slept and the stream is silent since', async () => {
    const [first, second] = [createStreamAct(), createStreamAct()];
    const { place, asked } = watch(first.act, second.act);
    await pass(0);
    first.write(`retry: 1000\n\n${eventText('status', queueStatus(0))}`);
    await pass(1_000);
    place.refresh();
    await pass(2_000);
    expect(asked()).toEqual(['stream']);
    // Timers stand still while a device sleeps.
    vi.setSystemTime(Date.now() + 600_000);
    place.refresh();
    await pass(1_000);
    expect(asked()).toEqual(['stream', 'stream']);
  });
});

describe('watchPlace without streams', () => {
  it('polls where the server refuses streams, and not before pollAfterMs, whoever asks for it', async () => {
    const poll = answers(queueStatus(0, { pollAfterMs: 4_000 }));
    const { place, asked, kinds } = watch(NO_STREAMS, poll, poll, answers(endedStatus(10, 'EXPIRED')));
    await pass(0);
    expect(asked()).toEqual(['stream', 'current']);
    place.refresh();
    await pass(3_900);
    place.refresh();
    await pass(0);
    expect(asked()).toHaveLength(2);
    await pass(100);
    expect(asked()).toEqual(['stream', 'current', 'current']);
    expect(kinds()).toEqual(['polling']);
  });

  it.each([
    ['the connection breaks at once', disconnects],
    ['a proxy holds the answer back', ({ signal }) => stallUntil(signal)],
    ['a proxy holds the events back', () => createStreamAct().act(new Request('http://frontrow.test'))],
    ['a proxy ends the stream at once', endsAtOnce],
  ] satisfies [string, Act][])('polls after two streams where %s', async (_name, broken) => {
    const { asked, kinds } = watch(broken, broken, answers(queueStatus(0)));
    await pass(40_000);
    expect(asked().slice(0, 3)).toEqual(['stream', 'stream', 'current']);
    expect(kinds()).toContain('polling');
  });

  it.each([
    ['a page of HTML', answersHtml(200)],
    ['nothing', () => new Response(null, { status: 204 })],
  ] satisfies [string, Act][])('polls at once where a stream is answered by %s', async (_name, other) => {
    const { asked } = watch(other, answers(queueStatus(0)));
    await pass(0);
    expect(asked()).toEqual(['stream', 'current']);
  });

  it('tries a stream again, and stays with it when it works', async () => {
    const stream = createStreamAct();
    const poll = answers(queueStatus(0, { pollAfterMs: 6_000 }));
    const { asked, kinds } = watch(NO_STREAMS, poll, stream.act);
    await pass(6_000);
    stream.write(eventText('status', queueStatus(10)));
    await pass(20_000);
    expect(asked()).toEqual(['stream', 'current', 'stream']);
    expect(kinds()).toEqual(['polling', 'streaming']);
  });

  it('waits for Retry-After where it polls too often', async () => {
    const { asked, connections } = watch(
      NO_STREAMS,
      refuses(429, 'RATE_LIMITED', { 'Retry-After': '3' }),
      answers(queueStatus(0)),
    );
    await pass(2_999);
    expect(asked()).toHaveLength(2);
    expect(connections).toEqual([{ kind: 'waiting', code: 'RATE_LIMITED', retryAt: expect.any(Number) }]);
    await pass(1_000);
    expect(connections.at(-1)).toEqual({ kind: 'polling' });
  });
});

describe('watchPlace through an outage', () => {
  it('keeps trying, ever more slowly, says when, and goes on by itself', async () => {
    const outage = Array.from({ length: 12 }, () => disconnects);
    const stream = createStreamAct();
    const online: Act = (request) =>
      request.url.endsWith('/stream') ? stream.act(request) : answers(queueStatus(0))(request);
    const { connections, kinds } = watch(...outage, online);
    await pass(400_000);
    const waits = connections.flatMap((connection) =>
      connection.kind === 'waiting' ? [connection.retryAt ?? 0] : [],
    );
    const gaps = waits.slice(1).map((at, index) => at - (waits[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(45_000);
    expect(gaps.at(-1)).toBeGreaterThan(gaps[0] ?? 0);
    expect(kinds().slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 'waiting'));
    expect(kinds().at(-1)).toBe('polling');
    await pass(1_000);
    stream.write(eventText('status', queueStatus(10)));
    await pass(0);
    expect(kinds().at(-1)).toBe('streaming');
  });

  it('says nothing of streams that fail again while polls work', async () => {
    const { asked, kinds } = watch(streamsFail);
    await pass(300_000);
    expect(kinds()).toEqual(['waiting', 'waiting', 'polling']);
    expect(asked().filter((path) => path === 'stream').length).toBeLessThan(8);
  });

  it('asks at once when the network is back', async () => {
    const { place, requests } = watch(
      ...Array.from({ length: 8 }, () => disconnects),
      answers(queueStatus(0)),
    );
    await pass(60_000);
    const before = requests.length;
    place.refresh();
    await pass(1_000);
    expect(requests.length).toBe(before + 1);
  });

  it('goes on when a callback of the page throws', async () => {
    const consoleError = vi.spyOn(console, 'error').mockReturnValue();
    const stream = createStreamAct();
    const { client } = createServerDouble(stream.act);
    const seen: (number | null)[] = [];
    watchPlace({
      client,
      concertId: 'concert',
      tickets: createTicketStore(createMemoryStorage()),
      onStatus({ position }) {
        seen.push(position);
        throw new Error('cannot be shown');
      },
    });
    await pass(0);
    stream.write(eventText('status', queueStatus(0, { position: 2 })));
    stream.write(eventText('status', queueStatus(10, { position: 1 })));
    await pass(0);
    expect(seen).toEqual([2, 1]);
    expect(consoleError).toHaveBeenCalledTimes(2);
    consoleError.mockRestore();
  });
});

describe('the end of watchPlace', () => {
  it('is the refusal of a ticket that the server does not know', async () => {
    const { place } = watch(refuses(403, 'QUEUE_TOKEN_INVALID'));
    expect(await place.ended).toMatchObject({ kind: 'REFUSED', problem: { code: 'QUEUE_TOKEN_INVALID' } });
  });

  it('is the signal, while it streams, polls or waits', async () => {
    const stream = createStreamAct();
    for (const acts of [[stream.act], [NO_STREAMS, answers(queueStatus(0))], [disconnects]]) {
      const { place, abort, requests } = watch(...acts);
      await pass(10);
      abort.abort();
      expect(await place.ended).toEqual({ kind: 'ABORTED' });
      const { length } = requests;
      await pass(120_000);
      expect(requests).toHaveLength(length);
    }
  });

  it('leaves no timer behind', async () => {
    const stream = createStreamAct();
    const { place } = watch(stream.act);
    await pass(0);
    stream.write(eventText('end', endedStatus(0, 'LEFT')));
    await place.ended;
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** Answers nothing until the request is given up. */
function stallUntil(signal: AbortSignal): Promise<Response> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

function endsAtOnce(): Response {
  return new Response('', { headers: { 'Content-Type': 'text/event-stream' } });
}
