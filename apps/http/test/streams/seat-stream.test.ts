import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { refusalOf } from '../support/caller.ts';
import { ADMIN, hold, join, putOnSale } from '../support/scenario.ts';
import { openWatchedSeats } from '../support/stream-seats.ts';
import { START, type TestServerOptions } from '../support/test-server.ts';

async function openSeats(options?: TestServerOptions, event: object = { seatCount: 1_000 }) {
  const seats = await openWatchedSeats(options, event);
  onTestFinished(() => seats.close());
  return seats;
}

describe('a stream of seats', () => {
  it('begins with the compact seat map, and then sends changes alone', async () => {
    const { server, sale, ticket, stream } = await openSeats();
    const { response, next, retries, events } = await stream();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const first = await next();
    const path = `GET /v1/events/${sale.eventId}/seats?format=compact` as const;
    const compact = await server.call(path, { as: 'fan', ticket });
    expect(first).toMatchObject({ event: 'state', data: compact.body });
    expect(retries).toHaveLength(1);

    const { id } = await hold(server, sale, 'another', [7, 8, 500]);
    const held = await next();
    expect(held).toMatchObject({
      event: 'changes',
      data: {
        seats: [
          [7, 'HH'],
          [500, 'H'],
        ],
      },
    });
    await server.call(`DELETE /v1/reservations/${id}`, { as: 'another' });
    const released = await next();
    expect(released.data.seats).toEqual([
      [7, 'AA'],
      [500, 'A'],
    ]);
    expect(new Set(events.map(({ id: eventId }) => eventId)).size).toBe(3);
  });

  it('tells that a hold has lapsed, which no commit does', async () => {
    const { server, sale, stream } = await openSeats();
    await hold(server, sale, 'another', [3]);
    const { next } = await stream();
    expect((await next()).data.states.slice(0, 4)).toBe('AAHA');
    server.clock.advance(300_000);
    expect(await next()).toMatchObject({ event: 'changes', data: { seats: [[3, 'A']] } });
  });

  it('tells stopped sales and new prices', async () => {
    const { server, sale, stream } = await openSeats();
    const { next } = await stream();
    await next();
    const body = { salesState: 'STOPPED', reason: 'The price is wrong.' };
    await server.call(`PUT /v1/admin/events/${sale.eventId}/sales`, { ...ADMIN, body });
    expect((await next()).data).toMatchObject({ ...body, seats: [] });
    const ifMatch = { 'if-match': '*' };
    await server.call(`PATCH /v1/admin/events/${sale.eventId}`, {
      ...ADMIN,
      headers: ifMatch,
      body: { price: 200 },
    });
    expect((await next(({ data }) => data.price === 200)).data).toMatchObject(body);
  });

  it('resumes after Last-Event-ID with the changes since, and with the state after an id of others', async () => {
    const { server, sale, stream } = await openSeats();
    const [keeper, lost] = [await stream(), await stream()];
    const { id = '' } = await lost.next();
    lost.close();
    await hold(server, sale, 'another', [7]);
    await keeper.next(({ event }) => event === 'changes');
    const resumed = await stream({ 'last-event-id': id });
    expect(await resumed.next()).toMatchObject({ event: 'changes', data: { seats: [[7, 'H']] } });
    const foreign = await stream({ 'last-event-id': 'bm90LXRoaXMtb25l.1' });
    expect(await foreign.next()).toMatchObject({ event: 'state' });
  });

  it('ends with the session, and says why', async () => {
    const { server, ticket, stream } = await openSeats();
    const tab = await stream();
    await tab.next();
    await server.call('DELETE /v1/queue-tokens/current', { ticket });
    expect(await tab.next()).toEqual({
      event: 'end',
      id: undefined,
      data: { code: 'QUEUE_TOKEN_NOT_ACTIVE', status: 'LEFT' },
    });
    await tab.ended;
    expect((await stream()).response.status).toBe(403);
  });

  it('ends when the date is no longer bookable', async () => {
    const reservationEndAt = new Date(START + 60_000).toISOString();
    const { server, stream } = await openSeats({}, { reservationEndAt });
    const { next, ended } = await stream();
    await next();
    server.clock.advance(60_000);
    expect(await next()).toMatchObject({ event: 'end', data: { code: 'EVENT_NOT_BOOKABLE' } });
    await ended;
  });

  it('sends unavailable while the seats cannot be read, refuses new streams, and goes on afterwards', async () => {
    let isDown = false;
    const { server, sale, ticket, stream } = await openSeats({
      replacePorts: (ports) => ({
        ...ports,
        seatReads: {
          ...ports.seatReads,
          async readStates(eventId, places) {
            if (isDown) throw new Unavailable('mysql');
            return ports.seatReads.readStates(eventId, places);
          },
        },
      }),
    });
    const { next, events } = await stream();
    await next();
    isDown = true;
    expect(await next()).toEqual({ event: 'unavailable', id: undefined, data: { code: 'UNAVAILABLE' } });
    const path = `GET /v1/events/${sale.eventId}/seats/stream` as const;
    expect(refusalOf(await server.call(path, { as: 'fan', ticket }))).toEqual([503, 'UNAVAILABLE']);
    isDown = false;
    expect(await next()).toMatchObject({ event: 'changes', data: { seats: [] } });
    expect(events).toHaveLength(3);
  });
});

describe('a stream of seats that is refused', () => {
  it('gets a problem document: without a ticket, waiting, for another concert, for no date', async () => {
    const { server, sale, ticket } = await openSeats();
    const path = `GET /v1/events/${sale.eventId}/seats/stream` as const;
    expect(refusalOf(await server.call(path, { as: 'fan' }))).toEqual([403, 'QUEUE_TOKEN_REQUIRED']);
    expect(refusalOf(await server.call(path, { ticket }))).toEqual([401, 'UNAUTHENTICATED']);
    const stolen = await server.call(path, { as: 'thief', ticket });
    expect(refusalOf(stolen)).toEqual([403, 'QUEUE_TOKEN_INVALID']);
    const other = await putOnSale(server);
    const elsewhere = await server.call(`GET /v1/events/${other.eventId}/seats/stream`, {
      as: 'fan',
      ticket,
    });
    expect(refusalOf(elsewhere)).toEqual([403, 'QUEUE_TOKEN_INVALID']);
    const unknown = await server.call('GET /v1/events/none/seats/stream', { as: 'fan', ticket });
    expect(refusalOf(unknown)).toEqual([404, 'NOT_FOUND']);
    await server.call(`PATCH /v1/admin/concerts/${sale.concertId}/policy`, {
      ...ADMIN,
      body: { admission: { state: 'PAUSED' } },
    });
    const waiting = await join(server, sale.concertId, 'late');
    const early = await server.call(path, { as: 'late', ticket: waiting });
    expect(refusalOf(early)).toEqual([403, 'QUEUE_TOKEN_NOT_ACTIVE']);
  });

  it('exceeds the limits of the process and of the user, which the streams of queue status share', async () => {
    const { server, sale, ticket, stream } = await openSeats({ limitsClients: true, queueStreamsMax: 11 });
    for (let tab = 0; tab < 10; tab += 1) expect((await stream()).response.status).toBe(200);
    const path = `GET /v1/events/${sale.eventId}/seats/stream` as const;
    expect(refusalOf(await server.call(path, { as: 'fan', ticket }))).toEqual([429, 'STREAM_LIMIT']);
    const status = await server.call('GET /v1/queue-tokens/current/stream', { ticket });
    expect(refusalOf(status)).toEqual([429, 'STREAM_LIMIT']);
  });
});

describe('a server that stops', () => {
  it('ends its streams of seats, each with a delay before the reconnection', async () => {
    const { server, stream } = await openSeats();
    const tabs = [await stream(), await stream()];
    await Promise.all(tabs.map(({ next }) => next()));
    const closed = server.app.close();
    await Promise.all(tabs.map(({ ended }) => ended));
    await closed;
    for (const { events, retries } of tabs) {
      expect(events.map(({ event }) => event)).toEqual(['state']);
      expect(retries).toHaveLength(2);
    }
  });
});
