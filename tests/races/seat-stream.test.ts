import { afterEach, describe, expect, it } from 'vitest';
import { signAccessToken } from '../support/access-tokens.ts';
import { admitFan } from '../support/crowd.ts';
import { type EventStream, openSeatStream } from '../support/event-stream.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { startNginx } from '../support/services/start-nginx.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, env: { SHUTDOWN_GRACE_MS: '60000' } });

const opened: EventStream[] = [];
afterEach(() => {
  for (const stream of opened.splice(0)) stream.close();
});

async function follow(fan: Fan, eventId: string, address: string, headers = {}): Promise<EventStream> {
  const credentials = { accessToken: await signAccessToken(fan.userId), ticket: fan.ticket() };
  const stream = await openSeatStream(address, eventId, credentials, headers);
  opened.push(stream);
  expect(stream.response.status).toBe(200);
  return stream;
}

const addressOf = (process: number) => installation().http[process]!.url;

/** A date of 1,000 seats, and two fans who may book. */
async function openDate(hold: Record<string, unknown> = {}) {
  const sale = await installation().openSale({ seatCount: 1_000, policy: { hold } });
  return {
    ...sale,
    watcher: await admitFan(installation(), sale),
    buyer: await admitFan(installation(), sale),
  };
}

describe('a stream of seats', () => {
  it('tells what another process commits: a hold, its end, and a payment that ends its own session', async () => {
    const { eventId, watcher, buyer } = await openDate();
    const [stream, own] = [
      await follow(watcher, eventId, addressOf(1)),
      await follow(buyer, eventId, addressOf(1)),
    ];
    const changes = () => stream.next(({ event }) => event === 'changes');
    expect(await stream.next()).toMatchObject({ event: 'state', data: { states: 'A'.repeat(1_000) } });
    const first = expectOk(await buyer.at(0).hold(eventId, [7, 8]));
    expect((await changes()).data.seats).toEqual([[7, 'HH']]);
    await buyer.at(0).cancel(first.id);
    expect((await changes()).data.seats).toEqual([[7, 'AA']]);
    const second = expectOk(await buyer.at(0).hold(eventId, [9]));
    expect((await changes()).data.seats).toEqual([[9, 'H']]);
    expectOk(await buyer.at(0).charge(1_000));
    expectOk(await buyer.at(0).pay(second.id));
    expect((await changes()).data.seats).toEqual([[9, 'S']]);
    const end = await own.next(({ event }) => event === 'end');
    expect(end.data).toEqual({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: 'COMPLETED' });
    await own.ended;
  });

  it('tells that a hold has lapsed without a worker, by the clock of the database', async () => {
    const { eventId, watcher, buyer } = await openDate({ ttlMs: 500 });
    const stream = await follow(watcher, eventId, addressOf(1));
    await stream.next();
    expectOk(await buyer.at(0).hold(eventId, [3]));
    const seats = async () => (await stream.next()).data.seats;
    expect([await seats(), await seats()]).toEqual([[[3, 'H']], [[3, 'A']]]);
  });

  it('comes through nginx as it is sent', async () => {
    const nginx = await startNginx(addressOf(1));
    try {
      const { eventId, watcher, buyer } = await openDate();
      const stream = await follow(watcher, eventId, nginx.url);
      expect(await stream.next()).toMatchObject({ event: 'state' });
      expectOk(await buyer.at(0).hold(eventId, [1]));
      expect(await stream.next()).toMatchObject({ event: 'changes', data: { seats: [[1, 'H']] } });
      stream.close();
    } finally {
      await nginx.stop();
    }
  });

  it('ends when its process stops, and begins with the whole state at another one', async () => {
    const { eventId, watcher, buyer } = await openDate();
    const stopping = await installation().startHttp();
    const streams = [
      await follow(watcher, eventId, stopping.url),
      await follow(buyer, eventId, stopping.url),
    ];
    const [{ id = '' }] = await Promise.all([streams[0]!.next(), streams[1]!.next()]);
    expect(await stopping.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    await Promise.all(streams.map(({ ended }) => ended));
    expect(streams.map(({ retries }) => retries.length)).toEqual([2, 2]);
    const elsewhere = await follow(watcher, eventId, addressOf(1), { 'last-event-id': id });
    expect(await elsewhere.next()).toMatchObject({ event: 'state' });
  });
});
