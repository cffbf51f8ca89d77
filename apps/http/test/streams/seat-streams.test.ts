import { Writable } from 'node:stream';
import { newConcert, newEvent } from '@frontrow/application/contracts/shared/contract-builders.ts';
import type { SeatStates } from '@frontrow/application/ports/booking/seats.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { QueueTokenNotActive } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { ActiveToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { eventually } from '@frontrow/tests/support/eventually.ts';
import { expect, it, onTestFinished } from 'vitest';
import { createSeatStreams } from '../../src/streams/seat-streams.ts';

const IDS = { ids: { next: () => 'e' } };
const EVENT = newEvent(IDS, newConcert(IDS));
const TICKET: Ticket = { concertId: 'c', userId: 'fan', sequence: 7, issuedAt: 0, sessionExpiresAt: 1e13 };
const SEATS = 20_000;
const TIMES = { heartbeatMs: 60_000, stuckMs: 60_000, lifetimeMs: 600_000, readEveryMs: 1, tickEveryMs: 1 };

/** Streams of dates whose seats the test sets, and which are read every millisecond. */
function openStreams(times: Partial<typeof TIMES> = {}) {
  const date = { letters: 'A'.repeat(SEATS), session: ok({}) as Result<unknown, QueueTokenNotActive> };
  const reads = new Map<string, number>();
  const defects: unknown[] = [];
  const faults = { room: false };
  const streams = createSeatStreams({
    watchSeats: {
      async read(eventId) {
        reads.set(eventId, (reads.get(eventId) ?? 0) + 1);
        const sales = { state: 'RUNNING', reason: null } as const;
        const states: SeatStates = { letters: date.letters, event: EVENT, sales, ended: [], asOf: 0 };
        return ok(states);
      },
      checkSession() {
        if (faults.room) throw new Unavailable('redis');
        return date.session as Result<ActiveToken, QueueTokenNotActive>;
      },
    },
    times: { ...TIMES, ...times },
    random: () => 0.5,
    onDefect: (error) => defects.push(error),
  });
  async function watch(eventId: string, sink: Writable, lastEventId?: string) {
    const watched = streams.watch(eventId);
    const seats = await watched.current();
    if (!seats.ok) throw new Error(seats.refusal.code);
    const stream = watched.open(TICKET, lastEventId, seats.value, sink);
    onTestFinished(() => watched.leave());
    return { ...watched, stream };
  }
  /** Resolves after that many more reads of the date. */
  async function readMore(eventId: string, count: number) {
    const wanted = (reads.get(eventId) ?? 0) + count;
    await eventually(() => expect(reads.get(eventId)).toBeGreaterThanOrEqual(wanted));
  }
  return { date, reads, defects, faults, watch, readMore };
}

/** A client that reads nothing until `read` is called. */
function slowClient() {
  const unread: (() => void)[] = [];
  const texts: string[] = [];
  const sink = new Writable({
    decodeStrings: false,
    highWaterMark: 1,
    write(text: string, _encoding, done) {
      texts.push(text);
      unread.push(done);
    },
  });
  const read = (): string => {
    while (unread.length > 0) for (const done of unread.splice(0)) done();
    return texts.splice(0).join('');
  };
  return { sink, read };
}

/** A client that reads at once. */
function quickClient() {
  const texts: string[] = [];
  const sink = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      texts.push(text);
      done();
    },
  });
  return { sink, text: () => texts.join('') };
}

const held = (number: number) => 'A'.repeat(number - 1) + 'H' + 'A'.repeat(SEATS - number);

it('reads a date once for all who watch it, and no more when nobody does', async () => {
  const { reads, watch, readMore } = openStreams();
  const clients = Array.from({ length: 20 }, quickClient);
  const watches = await Promise.all(clients.map(({ sink }) => watch('one', sink)));
  await readMore('one', 10);
  const before = reads.get('one') ?? 0;
  await watch('other', quickClient().sink);
  await readMore('other', 20);
  // Both are read at the same pace, whatever the number of streams.
  expect((reads.get('one') ?? 0) - before).toBeLessThan(5 * (reads.get('other') ?? 0));
  for (const { leave } of watches) leave();
  await readMore('other', 2); // a read that runs ends
  const atRest = reads.get('one');
  await readMore('other', 50);
  expect(reads.get('one')).toBe(atRest);
});

it('skips changes for a slow client, and sends the whole state as soon as it reads again', async () => {
  const { date, watch, readMore } = openStreams();
  const { sink, read } = slowClient();
  const [quick, { stream }] = [quickClient(), await watch('one', sink)];
  await watch('one', quick.sink);
  for (let number = 1; number <= 200; number += 1) {
    date.letters = held(number);
    await readMore('one', 2);
  }
  expect(quick.text().match(/^event: changes$/gm)?.length).toBeGreaterThan(100);
  expect(sink.writableLength).toBeLessThan(SEATS + 20_000);
  let text = read();
  expect(text).not.toContain('event: changes');
  await eventually(() => {
    text += read();
    expect(text).toContain(`"states":"${held(200)}"`);
  });
  expect(text.match(/^event: state$/gm)).toHaveLength(2);
  expect(sink.destroyed).toBe(false);
  stream.destroy();
});

it('disconnects a client that reads nothing', async () => {
  const { date, watch } = openStreams({ stuckMs: 50 });
  const { sink } = slowClient();
  await watch('one', sink);
  date.letters = held(1);
  await eventually(() => expect(sink.destroyed).toBe(true));
});

it('sends a comment after a silence, and ends with the delay before a reconnection after its lifetime', async () => {
  const { watch } = openStreams({ heartbeatMs: 5, lifetimeMs: 100 });
  const { sink, text } = quickClient();
  await watch('one', sink);
  await eventually(() => expect(sink.writableEnded).toBe(true));
  expect(text()).toMatch(/^retry: 3000\n\nevent: state\n[^]*\n\n:\n\n[^]*retry: 3000\n\n$/);
  expect(text()).not.toContain('event: end');
});

it('goes on while the room cannot be reached, and ends once it says that the session is over', async () => {
  const { date, faults, defects, watch, readMore } = openStreams();
  const { sink, text } = quickClient();
  await watch('one', sink);
  faults.room = true;
  date.letters = held(1);
  await eventually(() => expect(text()).toContain('"seats":[[1,"H"]]'));
  date.session = refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: 'COMPLETED' });
  await readMore('one', 5);
  expect(sink.writableEnded).toBe(false);
  faults.room = false;
  await eventually(() => expect(sink.writableEnded).toBe(true));
  expect(text()).toMatch(
    /\n\nevent: end\ndata: \{"code":"QUEUE_TOKEN_NOT_ACTIVE","status":"COMPLETED"\}\n\n$/,
  );
  expect(defects).toEqual([]);
});
