import { type EventStream, openEventStream } from '../support/event-stream.ts';
import { afterEach, expect, it } from 'vitest';
import { createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const READERS = 1_000;
const installation = useInstallation({
  http: 2,
  workers: 1,
  env: { SHUTDOWN_GRACE_MS: '60000' },
  privateRedis: true,
});

const opened: EventStream[] = [];
afterEach(() => {
  for (const stream of opened.splice(0)) stream.close();
});

async function follow(fan: Fan, process: number, headers?: Record<string, string>): Promise<EventStream> {
  const stream = await openEventStream(installation().http[process]!.url, fan.ticket(), headers);
  opened.push(stream);
  expect(stream.response.status).toBe(200);
  return stream;
}

/** A paused waiting room, and fans who wait in it. */
async function openLine(length: number) {
  const paused = { state: 'PAUSED', intervalMs: 200, recoveryGraceMs: 6_000 };
  const sale = await installation().openSale({ policy: { admission: paused } });
  const fans = createFans(installation(), length);
  for (const fan of fans.slice(0, 3)) expectOk(await fan.join(sale.concertId));
  await Promise.all(fans.slice(3).map(async (fan) => expectOk(await fan.join(sale.concertId))));
  return { ...sale, fans };
}

it('sends the admission by a worker, with a ticket that lists the seats', async () => {
  const { concertId, eventId, fans } = await openLine(2);
  const [first, second] = fans as [Fan, Fan];
  const [one, two] = [await follow(first, 0), await follow(second, 1)];
  expect((await one.next()).data).toMatchObject({ status: 'WAITING', room: 'PAUSED', position: 1 });
  await installation().changePolicy(concertId, { admission: { state: 'RUNNING', maxActive: 1 } });

  const { data } = await one.next((event) => event.data.status === 'ACTIVE');
  const seats = await first.send('GET', `/v1/events/${eventId}/seats`, {
    headers: { 'queue-token': data.token },
  });
  expect(seats.status).toBe(200);
  expect((await two.next((event) => event.data.position === 1)).data).toMatchObject({ status: 'WAITING' });

  const left = await first.send('DELETE', '/v1/queue-tokens/current');
  expect(left.status).toBe(204);
  expect(await one.next((event) => event.event === 'end')).toMatchObject({ data: { status: 'LEFT' } });
  await one.ended;
  await two.next((event) => event.data.status === 'ACTIVE');
});

it('stays open and sends `unavailable` while Redis is down, and then sends the place again', async () => {
  const { fans } = await openLine(2);
  const [, stream] = [await follow(fans[0]!, 1), await follow(fans[1]!, 0)];
  const { data } = await stream.next();
  expect(data).toMatchObject({ position: 2 });
  await installation().privateRedis().kill('SIGKILL');
  try {
    await stream.next(({ event }) => event === 'unavailable');
  } finally {
    await installation().privateRedis().restart();
  }
  const again = await stream.next(({ data: { position } }) => position === 2);
  expect(again.data).toMatchObject({ status: 'WAITING', issuedAt: data.issuedAt });
  expect(Date.parse(again.data.asOf)).toBeGreaterThan(Date.parse(data.asOf));
});

/** How many scripts Redis has run so far. */
async function countScripts(): Promise<number> {
  const stats = await installation().redis.info('commandstats');
  return Number(/^cmdstat_evalsha:calls=(\d+)/m.exec(stats)?.[1]);
}

it('serves a thousand streams with fewer scripts than streams, and hands them over when its process ends', async () => {
  const { fans } = await openLine(READERS + 1);
  const leaving = fans.shift()!;
  const streams = await Promise.all(fans.map((fan) => follow(fan, 0)));
  await Promise.all(streams.map(({ next }) => next()));
  const before = await countScripts();
  expectOk(await leaving.leave());
  await Promise.all(streams.map(({ next }) => next()));
  expect((await countScripts()) - before).toBeLessThan(READERS / 2); // including those of the worker

  const exit = await installation().http[0]!.kill('SIGTERM');
  expect(exit).toEqual({ code: 0, signal: null }); // 1 where it did not end within the grace
  await Promise.all(streams.map(({ ended }) => ended));
  expect(streams.filter(({ events }) => events.some(({ event }) => event === 'end'))).toEqual([]);
  const hints = streams.map(({ retries }) => retries.at(-1));
  expect(streams.filter(({ retries }) => retries.length !== 2)).toEqual([]);
  expect(new Set(hints).size).toBeGreaterThan(READERS / 10); // the clients return at different times

  const last = streams[READERS - 1]!.events.at(-1)!;
  const elsewhere = await follow(fans[READERS - 1]!, 1, { 'last-event-id': last.id ?? '' });
  expectOk(await fans[0]!.leave());
  const moved = await elsewhere.next();
  expect(moved.data.position).toBe(last.data.position - 1);
  await eventually(async () => expect((await fans[1]!.status()).body.position).toBe(1));
});
