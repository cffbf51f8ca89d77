import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStreamRoom } from '../support/stream-room.ts';
import type { TestServerOptions } from '../support/test-server.ts';

async function openRoom(options?: TestServerOptions) {
  const room = await openStreamRoom(options);
  onTestFinished(() => room.close());
  return room;
}

describe('a stream of queue status', () => {
  it('begins with the whole status, as a poll answers it, and is not cacheable', async () => {
    const { server, second, stream } = await openRoom();
    const { response, next, retries } = await stream(second);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': expect.any(String),
    });
    expect(response.headers.get('content-encoding')).toBeNull();
    const { event, id, data } = await next();
    expect(event).toBe('status');
    expect(id).toMatch(new RegExp(`^${Date.parse(data.asOf)}\\.`));
    const polled = await server.call('GET /v1/queue-tokens/current', { ticket: second });
    expect(data).toEqual({ ...polled.body, pollAfterMs: expect.any(Number) });
    expect(data).toMatchObject({ status: 'WAITING', position: 1 });
    expect(retries).toHaveLength(1);
    expect(retries[0]).toBeGreaterThanOrEqual(1_000);
  });

  it('sends new positions, claims the slot with an ACTIVE event, and continues with its ticket', async () => {
    const { server, concertId, first, second, third, stream, leave } = await openRoom();
    const [two, three] = [await stream(second), await stream(third)];
    await leave(first);
    await server.ports.waitingRoom.admit(concertId);
    const active = await two.next(({ data }) => data.status === 'ACTIVE');
    expect(active).toMatchObject({ event: 'status', data: { position: 0, token: expect.any(String) } });
    const ticket = server.tokenSigner.verify(active.data.token);
    expect(ticket?.sessionExpiresAt).toBe(Date.parse(active.data.sessionExpiresAt));
    expect((await three.next(({ data }) => data.position === 1)).data.status).toBe('WAITING');

    await leave(active.data.token);
    expect(await two.next()).toMatchObject({ event: 'end', data: { status: 'LEFT', position: null } });
    await two.ended;
    expect(two.events.filter(({ data }) => data.token !== undefined)).toEqual([active]);
  });

  it('ends with the token, and answers 204 to a client that has received the end', async () => {
    const { second, stream, leave } = await openRoom();
    await leave(second);
    const late = await stream(second);
    const end = await late.next();
    expect(end).toMatchObject({ event: 'end', data: { status: 'LEFT' } });
    await late.ended;
    expect(late.events).toHaveLength(1);
    const again = await stream(second, { 'last-event-id': end.id ?? '' });
    expect(again.response.status).toBe(204);
  });

  it('resumes after Last-Event-ID without sending the same status again', async () => {
    const { second, third, stream, leave } = await openRoom();
    const before = await stream(third);
    const { id = '' } = await before.next();
    before.close();
    const [same, other] = [
      await stream(third, { 'last-event-id': id }),
      await stream(third, { 'last-event-id': 'what another server said' }),
    ];
    expect((await other.next()).data.position).toBe(2);
    await leave(second);
    expect((await same.next()).data.position).toBe(1);
    expect(same.events).toHaveLength(1);
    const changed = await stream(third, { 'last-event-id': id });
    expect((await changed.next()).data.position).toBe(1);
  });

  it('keeps the place when it is closed', async () => {
    const { server, first, second, stream, leave } = await openRoom();
    const tab = await stream(second);
    await tab.next();
    tab.close();
    await eventually(async () => {
      expect((await server.app.inject('/metrics')).body).toMatch(/^frontrow_queue_streams 0$/m);
    });
    await leave(first);
    const polled = await server.call('GET /v1/queue-tokens/current', { ticket: second });
    expect(polled.body).toMatchObject({ status: 'WAITING', position: 1 });
  });

  it('sends unavailable while the status cannot be read, and the whole status afterwards', async () => {
    let isDown = false;
    const { second, stream } = await openRoom({
      replacePorts: (ports) => ({
        ...ports,
        waitingRoom: {
          ...ports.waitingRoom,
          statusFromSnapshot: async (ticket) => {
            if (isDown) throw new Unavailable('redis');
            return ports.waitingRoom.statusFromSnapshot(ticket);
          },
        },
      }),
    });
    const { next, events } = await stream(second);
    const first = await next();
    isDown = true;
    const unavailable = { event: 'unavailable', id: undefined, data: { code: 'UNAVAILABLE' } };
    expect(await next()).toEqual(unavailable);
    isDown = false;
    expect(await next()).toMatchObject({ event: 'status', id: first.id, data: { position: 1 } });
    expect(events).toHaveLength(3);
  });

  it('writes one log line when it ends, and observes no latency', async () => {
    const { server, second, stream } = await openRoom();
    const tab = await stream(second);
    await tab.next();
    server.logs.length = 0;
    tab.close();
    await eventually(() => expect(server.logs).toHaveLength(1));
    expect(JSON.parse(server.logs[0] ?? '')).toMatchObject({
      msg: 'request',
      reqId: tab.response.headers.get('x-request-id'),
      route: '/v1/queue-tokens/current/stream',
      status: 200,
    });
    expect(server.logs.join()).not.toContain(second);
    const { body } = await server.app.inject('/metrics');
    expect(body).not.toContain('route="/v1/queue-tokens/current/stream"');
  });

  it('may be read from another origin where that is allowed', async () => {
    const origin = 'https://tickets.example';
    const { second, stream } = await openRoom({ corsOrigins: [origin] });
    const { response } = await stream(second, { origin });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
  });
});
