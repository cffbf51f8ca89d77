import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { QueueStatus } from '../../src/generated/types.gen.ts';
import { createMemoryStorage } from '../../src/storage.ts';
import { createTicketStore } from '../../src/ticket-store.ts';
import type { Connection } from '../../src/watch/connection.ts';
import { watchPlace } from '../../src/watch/watch-place.ts';
import { eventText, queueStatus } from '../support/sample-answers.ts';
import {
  type Act,
  answers,
  answersHtml,
  createServerDouble,
  createStreamAct,
  disconnects,
  refuses,
} from '../support/server-double.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // The clock of vitest does not move the timers of the platform.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('too late', 'TimeoutError')), ms);
    return controller.signal;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const POLL_AFTER_MS = 8_000;

/** The requests of a watch, and what its page was told. */
type Sent = { readonly at: number; readonly isPoll: boolean; isAnswered: boolean };

const stalls: Act = ({ signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

/** A stream that sends a text, and then ends, breaks or says nothing more. */
function streams(text: string, then: 'ends' | 'breaks' | 'hangs'): Act {
  return ({ signal }) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        signal.addEventListener('abort', () => controller.error(signal.reason));
        controller.enqueue(new TextEncoder().encode(text));
        if (then === 'ends') controller.close();
      },
      pull(controller) {
        if (then === 'breaks') controller.error(new TypeError('terminated'));
      },
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  };
}

/** The status that the server has after so many ms. */
const statusAt = (ms: number) => queueStatus(ms, { position: 10_000_000 - ms, pollAfterMs: POLL_AFTER_MS });
const STATUS = eventText('status', statusAt(0), 'a');

/** What a server or a network may do wrong. */
const FAULTS: Readonly<Record<string, Act>> = {
  disconnects,
  stalls,
  html: answersHtml(502),
  loginPage: answersHtml(200),
  unavailable: refuses(503, 'UNAVAILABLE', { 'Retry-After': '2' }),
  defect: refuses(500, 'INTERNAL'),
  limited: refuses(429, 'RATE_LIMITED', { 'Retry-After': '7' }),
  streamLimit: refuses(429, 'STREAM_LIMIT'),
  empty: streams('', 'ends'),
  nothing: streams('', 'hangs'),
  cut: streams(`retry: 1\n\n${STATUS}event: status\ndata: {"cut`, 'breaks'),
  silent: streams(`retry: 99999999999\n\n${STATUS}`, 'hangs'),
  ended: streams(`retry: 0\n\n${STATUS}`, 'ends'),
  wrongJson: streams('event: status\ndata: {"a\n\n', 'hangs'),
  unavailableEvent: streams(eventText('unavailable', { code: 'UNAVAILABLE' }), 'hangs'),
};

function watch(faults: readonly string[]) {
  const startedAt = Date.now();
  const sent: Sent[] = [];
  const now = () => Date.now() - startedAt;
  const healthy: Act = (request) =>
    request.url.endsWith('/stream')
      ? streams(`retry: 1500\n\n${eventText('status', statusAt(now()))}`, 'hangs')(request)
      : answers(statusAt(now()))(request);
  const act: Act = async (request) => {
    const one: Sent = { at: now(), isPoll: !request.url.endsWith('/stream'), isAnswered: false };
    sent.push(one);
    const fault = FAULTS[faults[sent.length - 1] ?? ''];
    const response = await (fault ?? healthy)(request);
    one.isAnswered = fault === undefined && one.isPoll;
    return response;
  };
  const statuses: QueueStatus[] = [];
  const connections: Connection[] = [];
  const abort = new AbortController();
  watchPlace({
    client: createServerDouble(act).client,
    concertId: 'concert',
    tickets: createTicketStore(createMemoryStorage()),
    signal: abort.signal,
    onStatus: (status) => statuses.push(status),
    onConnection: (connection) => connections.push(connection),
  });
  return { sent, statuses, connections, stop: () => abort.abort() };
}

it('recovers from any series of faults within a minute, without a flood of requests', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(FAULTS)), { maxLength: 12 }), async (faults) => {
      const { sent, statuses, connections, stop } = watch(faults);
      try {
        for (let waited = 0; sent.length <= faults.length && waited < 3_600_000; waited += 1_000)
          await vi.advanceTimersByTimeAsync(1_000);
        await vi.advanceTimersByTimeAsync(60_000);

        expect(connections.at(-1)?.kind).not.toBe('waiting');
        const positions = statuses.map(({ position }) => position ?? 0);
        expect(positions).toEqual(positions.toSorted((a, b) => b - a));
        const answered = sent.filter(({ isAnswered }) => isAnswered);
        for (const [index, poll] of answered.entries()) {
          const next = sent.find(({ at, isPoll }) => isPoll && at > poll.at);
          expect((next?.at ?? Infinity) - poll.at, `the poll after ${index}`).toBeGreaterThanOrEqual(
            POLL_AFTER_MS,
          );
        }
        for (const { at } of sent) {
          const soon = sent.filter((other) => other.at >= at && other.at < at + 10_000);
          expect(soon.length).toBeLessThanOrEqual(12);
        }
      } finally {
        stop();
        await vi.advanceTimersByTimeAsync(0);
      }
    }),
    { numRuns: 200 },
  );
});

it.each(['0', '99999999999'])(
  'opens no flood of streams for a server that ends them with a retry of %s ms',
  async (retry) => {
    const { client, requests } = createServerDouble(streams(`retry: ${retry}\n\n${STATUS}`, 'ends'));
    const abort = new AbortController();
    const tickets = createTicketStore(createMemoryStorage());
    watchPlace({ client, concertId: 'concert', tickets, signal: abort.signal, onStatus: () => {} });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(requests.length).toBeGreaterThan(1);
    expect(requests.length).toBeLessThanOrEqual(121);
    abort.abort();
  },
);

it('keeps one stream open for as long as its server sends comments', async () => {
  const stream = createStreamAct();
  const { client, requests } = createServerDouble(stream.act);
  const abort = new AbortController();
  const tickets = createTicketStore(createMemoryStorage());
  watchPlace({ client, concertId: 'concert', tickets, signal: abort.signal, onStatus: () => {} });
  for (let comment = 0; comment < 20; comment += 1) {
    await vi.advanceTimersByTimeAsync(comment === 0 ? 0 : 15_000);
    stream.write(':\n\n');
  }
  expect(requests).toHaveLength(1);
  abort.abort();
});
