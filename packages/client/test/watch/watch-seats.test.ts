import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStorage } from '../../src/storage.ts';
import { createTicketStore } from '../../src/ticket-store.ts';
import { type SeatsChange, watchSeats } from '../../src/watch/watch-seats.ts';
import { eventText, queueStatus, seatStates } from '../support/sample-answers.ts';
import { type Act, answers, createServerDouble, createStreamAct, refuses } from '../support/server-double.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(...acts: readonly Act[]) {
  const { client, requests } = createServerDouble(...acts);
  const tickets = createTicketStore(createMemoryStorage());
  tickets.keep(queueStatus(0, { token: 'ticket' }));
  const changes: SeatsChange[] = [];
  const seats = watchSeats({
    client,
    eventId: 'event',
    concertId: 'concert',
    tickets,
    random: () => 0,
    onSeats: (change) => changes.push(change),
  });
  return { seats, requests, changes };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function changesEvent(afterMs: number, seats: readonly (readonly [number, string])[], facts = {}): string {
  const { eventId: _, states: __, ...now } = seatStates(afterMs, '', facts);
  return eventText('changes', { ...now, seats }, String(afterMs));
}

describe('watchSeats by a stream', () => {
  it('reports every seat first, and then the seats that change', async () => {
    const stream = createStreamAct();
    const { changes, requests } = watch(stream.act);
    await pass(0);
    expect(requests[0]?.url).toBe('http://frontrow.test/v1/events/event/seats/stream');
    expect(requests[0]?.headers.get('Authorization')).toBe('Bearer access-token');
    stream.write(eventText('state', seatStates(0, 'AAHS'), '0'));
    stream.write(
      changesEvent(10, [
        [2, 'HS'],
        [4, 'A'],
      ]),
    );
    stream.write(changesEvent(20, [], { salesState: 'STOPPED', reason: 'A pause' }));
    await pass(0);
    expect(changes).toMatchObject([
      {
        kind: 'snapshot',
        statuses: ['AVAILABLE', 'AVAILABLE', 'HELD', 'SOLD'],
        facts: { salesState: 'RUNNING' },
      },
      {
        kind: 'changes',
        seats: [
          { number: 2, status: 'HELD' },
          { number: 3, status: 'SOLD' },
          { number: 4, status: 'AVAILABLE' },
        ],
      },
      { kind: 'changes', seats: [], facts: { salesState: 'STOPPED', reason: 'A pause' } },
    ]);
  });

  it('reports only the difference where a stream begins anew with every seat', async () => {
    const [first, second] = [createStreamAct(), createStreamAct()];
    const { changes, requests } = watch(first.act, second.act);
    await pass(0);
    first.write(`retry: 1000\n\n${eventText('state', seatStates(0, 'AAAA'), 'x.0')}`);
    first.end();
    await pass(1_000);
    expect(requests[1]?.headers.get('Last-Event-ID')).toBe('x.0');
    second.write(eventText('state', seatStates(10, 'AHAA'), 'y.0'));
    await pass(0);
    expect(changes.slice(1)).toMatchObject([{ kind: 'changes', seats: [{ number: 2, status: 'HELD' }] }]);
  });

  it('reports every seat again where the layout has changed', async () => {
    const stream = createStreamAct();
    const { changes } = watch(stream.act);
    await pass(0);
    stream.write(eventText('state', seatStates(0, 'AA')));
    stream.write(changesEvent(10, [[3, 'A']], { layoutVersion: 2 }));
    await pass(0);
    expect(changes.at(-1)).toMatchObject({
      kind: 'snapshot',
      statuses: ['AVAILABLE', 'AVAILABLE', 'AVAILABLE'],
      facts: { layoutVersion: 2 },
    });
  });

  it('takes ten thousand changes in one event', async () => {
    const stream = createStreamAct();
    const { changes } = watch(stream.act);
    await pass(0);
    stream.write(eventText('state', seatStates(0, 'A'.repeat(20_000))));
    stream.write(
      changesEvent(
        10,
        Array.from({ length: 10_000 }, (_, index) => [2 * index + 1, 'H'] as const),
      ),
    );
    await pass(0);
    const last = changes.at(-1);
    expect(last?.kind === 'changes' && last.seats.length).toBe(10_000);
  });

  it('does not let a page change what it compares with', async () => {
    const stream = createStreamAct();
    const { changes } = watch(stream.act);
    await pass(0);
    stream.write(eventText('state', seatStates(0, 'AA')));
    await pass(0);
    const [snapshot] = changes;
    if (snapshot?.kind === 'snapshot') (snapshot.statuses as string[]).fill('SOLD');
    stream.write(eventText('state', seatStates(10, 'AH')));
    await pass(0);
    expect(changes.at(-1)).toMatchObject({ kind: 'changes', seats: [{ number: 2, status: 'HELD' }] });
  });

  it('ends with the reason of the server', async () => {
    const stream = createStreamAct();
    const { seats } = watch(stream.act);
    await pass(0);
    stream.write(eventText('end', { code: 'QUEUE_TOKEN_NOT_ACTIVE', status: 'EXPIRED' }));
    expect(await seats.ended).toEqual({ kind: 'ENDED', code: 'QUEUE_TOKEN_NOT_ACTIVE' });
  });
});

describe('watchSeats without streams', () => {
  it('reads the compact seat map every few seconds and reports the difference', async () => {
    const stream = createStreamAct();
    const { changes, requests, seats } = watch(
      refuses(429, 'STREAM_LIMIT'),
      answers(seatStates(0, 'AAAA')),
      answers(seatStates(10, 'AHAA')),
      answers(seatStates(5, 'AAAA')),
      refuses(409, 'EVENT_NOT_BOOKABLE'),
      stream.act,
    );
    await pass(4_000);
    expect(requests[1]?.url).toBe('http://frontrow.test/v1/events/event/seats?format=compact');
    expect(changes).toMatchObject([
      { kind: 'snapshot' },
      { kind: 'changes', seats: [{ number: 2, status: 'HELD' }] },
    ]);
    expect(requests).toHaveLength(3);
    void seats;
  });

  it('begins a stream anew after it has polled', async () => {
    const [first, second] = [createStreamAct(), createStreamAct()];
    const poll = answers(seatStates(10, 'AH'));
    const { requests } = watch(first.act, refuses(429, 'STREAM_LIMIT'), poll, second.act);
    await pass(0);
    first.write(eventText('state', seatStates(0, 'AA'), 'x.0'));
    first.end();
    await pass(20_000);
    expect(requests[1]?.headers.get('Last-Event-ID')).toBe('x.0');
    expect(requests[3]?.url).toContain('/stream');
    expect(requests[3]?.headers.has('Last-Event-ID')).toBe(false);
  });

  it('ends where the server refuses the seats', async () => {
    const { seats } = watch(refuses(403, 'QUEUE_TOKEN_NOT_ACTIVE', {}, { queueTokenStatus: 'EXPIRED' }));
    expect(await seats.ended).toEqual({ kind: 'ENDED', code: 'QUEUE_TOKEN_NOT_ACTIVE' });
  });
});
