import { Writable } from 'node:stream';
import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { openQueueStream } from '../../src/streams/queue-stream.ts';

const NOW = Date.UTC(2026, 11, 1, 11);
const TICKET: Ticket = {
  concertId: 'c',
  userId: 'fan',
  sequence: 7,
  issuedAt: NOW - 5_000,
  sessionExpiresAt: null,
};

function waiting(position: number, facts: Partial<QueueStatus> = {}): QueueStatus {
  return {
    concertId: 'c',
    status: 'WAITING',
    sequence: 7,
    room: 'OPEN',
    reason: null,
    seatsReturned: 0,
    position,
    parked: false,
    estimatedWaitSeconds: 10,
    pollAfterMs: 2_500,
    issuedAt: TICKET.issuedAt,
    asOf: NOW,
    sessionExpiresAt: null,
    ...facts,
  };
}

/** A client that reads nothing until `read` is called, and a place whose status the tests set. */
function openStream({ lifetimeMs = 600_000 } = {}) {
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
  const reads: Ticket[] = [];
  const defects: unknown[] = [];
  const place = { status: waiting(9), fails: undefined as Error | undefined };
  const openedAtMs = Math.ceil(performance.now());
  const stream = openQueueStream({
    ticket: TICKET,
    lastEventId: undefined,
    status: place.status,
    sink,
    heartbeatMs: 15_000,
    stuckMs: 10_000,
    lifetimeMs,
    random: () => 0.5,
    async readStatus(ticket) {
      reads.push(ticket);
      if (place.fails !== undefined) throw place.fails;
      return place.status;
    },
    onDefect: (error) => defects.push(error),
  });
  /** Reads everything that was written so far. */
  const read = (): string => {
    while (unread.length > 0) for (const done of unread.splice(0)) done();
    return texts.splice(0).join('');
  };
  const readOne = () => unread.shift()?.();
  const tickAfter = (ms: number) => stream.tick(openedAtMs + 1_000 + ms);
  return { stream, sink, place, reads, defects, read, readOne, tickAfter };
}

describe('a stream', () => {
  it('begins with the delay before a reconnection, and a status', () => {
    const text = openStream().read();
    expect(text).toMatch(/^retry: 3000\n\nevent: status\nid: \d+\.[^\n]+\ndata: \{"concertId":"c",.*\}\n\n$/);
  });

  it('sends nothing while nothing changes, but a comment after a long silence', async () => {
    const { tickAfter, read, reads } = openStream();
    read();
    for (const ms of [0, 5_000, 10_000]) await tickAfter(ms);
    expect(reads).toHaveLength(3);
    expect(read()).toBe('');
    await tickAfter(16_000);
    expect(read()).toBe(':\n\n');
    await tickAfter(30_000);
    expect(read()).toBe('');
    await tickAfter(31_000);
    expect(read()).toBe(':\n\n');
  });

  it('skips events for a slow client, and sends the newest status as soon as it reads again', async () => {
    const { tickAfter, read, place, sink } = openStream();
    let position = 5_000;
    for (let ms = 0; ms < 8_000; ms += 20) {
      place.status = waiting((position -= 1));
      await tickAfter(ms);
    }
    expect(sink.writableLength).toBeLessThan(20_000);
    read();
    await tickAfter(8_100);
    const text = read();
    expect(text.match(/^data: /gm)).toHaveLength(1);
    expect(text).toContain(`"position":${position},`);
    expect(sink.destroyed).toBe(false);
  });

  it('disconnects a client that reads nothing for ten seconds', async () => {
    const { tickAfter, read, place, sink } = openStream();
    await tickAfter(8_000);
    expect(sink.destroyed).toBe(false);
    read();
    place.status = waiting(8);
    await tickAfter(9_000);
    await tickAfter(18_000);
    expect(sink.destroyed).toBe(false);
    await tickAfter(19_000);
    expect(sink.destroyed).toBe(true);
  });

  it('keeps a client that reads slowly', async () => {
    const { tickAfter, readOne, place, sink } = openStream();
    for (let ms = 0; ms < 60_000; ms += 1_000) {
      place.status = waiting(9_000 - ms / 100);
      await tickAfter(ms);
      if (ms % 5_000 === 0) readOne();
    }
    expect(sink.writableLength).toBeGreaterThan(0);
    expect(sink.destroyed).toBe(false);
  });

  it('disconnects a client that does not read its last event', async () => {
    const { tickAfter, place, sink } = openStream();
    place.status = waiting(0, { status: 'COMPLETED', position: null });
    await tickAfter(0);
    expect(sink.writableEnded).toBe(true);
    await tickAfter(8_000);
    expect(sink.destroyed).toBe(false);
    await tickAfter(9_900);
    expect(sink.destroyed).toBe(true);
  });

  it('ends when its lifetime is over, with the delay before the reconnection', async () => {
    const { tickAfter, read, sink } = openStream({ lifetimeMs: 120_000 });
    for (let ms = 0; ms < 118_000; ms += 1_000) {
      read();
      await tickAfter(ms);
    }
    expect(sink.writableEnded).toBe(false);
    read();
    await tickAfter(120_000);
    expect(read()).toBe('retry: 3000\n\n');
    expect(sink.writableEnded).toBe(true);
  });

  it('reads the status with the newest ticket', async () => {
    const { tickAfter, place, reads } = openStream();
    const sessionExpiresAt = NOW + 600_000;
    place.status = waiting(0, { status: 'ACTIVE', sessionExpiresAt, token: 'a new ticket' });
    await tickAfter(0);
    await tickAfter(1_000);
    expect(reads).toEqual([TICKET, { ...TICKET, sessionExpiresAt }]);
  });

  it('reads the status of a parked place no more often than a client would poll it', async () => {
    const { tickAfter, place, reads, read } = openStream();
    place.status = waiting(0, { parked: true, pollAfterMs: 5_000 });
    let text = '';
    for (let ms = 0; ms <= 10_000; ms += 1_000) {
      await tickAfter(ms);
      text += read();
    }
    expect(reads).toHaveLength(3);
    expect(text).toContain('"parked":true');
  });

  it('does not read the status again while a read is under way', async () => {
    const { stream, reads, tickAfter } = openStream();
    await Promise.all([tickAfter(0), tickAfter(1), tickAfter(2)]);
    expect(reads).toHaveLength(1);
    stream.destroy();
    await tickAfter(3);
    expect(reads).toHaveLength(1);
  });

  it('ends on a defect, which is reported once', async () => {
    const { tickAfter, place, read, sink, defects } = openStream();
    read();
    place.fails = new TypeError('a defect');
    await tickAfter(0);
    expect(read()).toBe('retry: 3000\n\n');
    expect(sink.writableEnded).toBe(true);
    await tickAfter(1_000);
    expect(defects).toEqual([place.fails]);
  });
});
