import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Connection,
  type QueueStatus,
  type SeatsChange,
  watchPlace,
  watchSeats,
} from '@frontrow/client';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { expectOk } from '../support/operator.ts';
import { type TcpProxy, openTcpProxy } from '../support/tcp-proxy.ts';
import { useInstallation } from '../support/use-installation.ts';
import { type ClientFan, createClientFan } from './support/client-fan.ts';

const installation = useInstallation({ http: 1, workers: 1 });
const PAUSED = { admission: { state: 'PAUSED', intervalMs: 100 } };
const RUNNING = { admission: { state: 'RUNNING' } };

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
});

async function openProxy(): Promise<TcpProxy> {
  const proxy = await openTcpProxy(installation().http.at(-1)?.url ?? '');
  cleanUp.push(() => proxy.close());
  return proxy;
}

/** Restarts the HTTP process without a goodbye, on another port. */
async function restart(proxy: TcpProxy): Promise<void> {
  await installation().http.at(-1)?.kill('SIGKILL');
  const { url } = await installation().startHttp();
  proxy.switchTo(Number(new URL(url).port));
}

function watchAsFan({ client, tickets }: ClientFan, concertId: string) {
  const statuses: QueueStatus[] = [];
  const connections: Connection[] = [];
  const abort = new AbortController();
  cleanUp.push(() => abort.abort());
  const place = watchPlace({
    client,
    concertId,
    tickets,
    signal: abort.signal,
    onStatus: (status) => statuses.push(status),
    onConnection: (connection) => connections.push(connection),
  });
  return { place, statuses, last: () => statuses.at(-1), connection: () => connections.at(-1)?.kind };
}

describe('watchPlace', () => {
  it('goes on with its stream after the server was killed and started again', async () => {
    const proxy = await openProxy();
    const { concertId } = await installation().openSale({ policy: PAUSED });
    const fan = await createClientFan({ baseUrl: proxy.url });
    await fan.join(concertId);
    const { last, connection, statuses } = watchAsFan(fan, concertId);
    await eventually(() => expect([connection(), last()?.position]).toEqual(['streaming', 1]));
    await restart(proxy);
    await installation().changePolicy(concertId, RUNNING);
    await eventually(() => expect(last()?.status).toBe('ACTIVE'));
    await eventually(() => expect(connection()).toBe('streaming'));
    const positions = statuses.flatMap(({ position }) => (position === null ? [] : [position]));
    expect(positions).toEqual(positions.toSorted((a, b) => b - a));
  });

  it('says that it waits while the server is away, and goes on by itself', async () => {
    const proxy = await openProxy();
    const { concertId } = await installation().openSale({ policy: PAUSED });
    const fan = await createClientFan({ baseUrl: proxy.url, userId: 'jun' });
    await fan.join(concertId);
    const { place, last, connection } = watchAsFan(fan, concertId);
    await eventually(() => expect(connection()).toBe('streaming'));
    proxy.setMode('CUT');
    await eventually(() => expect(connection()).toBe('waiting'));
    proxy.setMode('PASS');
    place.refresh();
    await installation().changePolicy(concertId, RUNNING);
    await eventually(() => expect(last()?.status).toBe('ACTIVE'));
  });

  it('polls behind a proxy that answers streams with a page of its own', async () => {
    const { concertId } = await installation().openSale({ policy: PAUSED });
    const fan = await createClientFan({ baseUrl: await openHttpProxyWithoutStreams(), userId: 'sora' });
    await fan.join(concertId);
    const { last, connection } = watchAsFan(fan, concertId);
    await eventually(() => expect([connection(), last()?.position]).toEqual(['polling', 1]));
    await installation().changePolicy(concertId, RUNNING);
    await eventually(() => expect(last()?.status).toBe('ACTIVE'));
  });

  it('shows one place in two tabs, which share the newest ticket, and ends in both', async () => {
    const { concertId } = await installation().openSale();
    const fan = await createClientFan({ baseUrl: installation().http.at(-1)?.url ?? '', userId: 'haneul' });
    await fan.join(concertId);
    const [a, b] = [watchAsFan(fan, concertId), watchAsFan(fan, concertId)];
    await eventually(() => expect([a.last()?.status, b.last()?.status]).toEqual(['ACTIVE', 'ACTIVE']));
    const path = `/v1/admin/concerts/${concertId}/waiting-room/users/haneul`;
    expectOk(await installation().admin.send('DELETE', path));
    for (const { place } of [a, b])
      expect(await place.ended).toMatchObject({ kind: 'ENDED', status: { status: 'EXPIRED' } });
  });
});

describe('watchSeats', () => {
  it('reports the seats that others take, also those of the time in which the server was away', async () => {
    const proxy = await openProxy();
    const { concertId, eventId } = await installation().openSale({ seatCount: 6 });
    const fan = await createClientFan({ baseUrl: proxy.url, userId: 'yuna' });
    await fan.join(concertId);
    const changes: SeatsChange[] = [];
    const abort = new AbortController();
    cleanUp.push(() => abort.abort());
    const { client, tickets } = fan;
    const onSeats = (change: SeatsChange) => void changes.push(change);
    watchSeats({ client, eventId, concertId, tickets, signal: abort.signal, onSeats });
    await eventually(() => expect(changes).toMatchObject([{ kind: 'snapshot', statuses: { length: 6 } }]));

    const other = installation().fan('dal');
    expectOk(await other.join(concertId));
    const held = expectOk(await other.hold(eventId, [2, 3]));
    const taken = [2, 3].map((number) => ({ number, status: 'HELD' }));
    await eventually(() => expect(changes.at(-1)).toMatchObject({ kind: 'changes', seats: taken }));
    await restart(proxy);
    expectOk(await other.cancel(held.id));
    const free = [2, 3].map((number) => ({ number, status: 'AVAILABLE' }));
    await eventually(() => expect(changes.at(-1)).toMatchObject({ kind: 'changes', seats: free }));
    expect(changes.filter(({ kind }) => kind === 'snapshot')).toHaveLength(1);
  });
});

/** Forwards to the HTTP process, and answers HTML in place of every event stream. */
async function openHttpProxyWithoutStreams(): Promise<string> {
  const target = installation().http.at(-1)?.url ?? '';
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/stream') === true)
      response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>');
    else void forward(request, response, target);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  cleanUp.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function forward(request: IncomingMessage, response: ServerResponse, target: string): Promise<void> {
  const { method = 'GET', url = '' } = request;
  const body = Buffer.concat(await request.toArray());
  const headers = new Headers();
  for (const name of ['authorization', 'queue-token', 'content-type']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const answer = await fetch(`${target}${url}`, { method, headers, ...(body.length > 0 && { body }) });
  response.writeHead(answer.status, [...answer.headers].flat());
  response.end(Buffer.from(await answer.arrayBuffer()));
}
