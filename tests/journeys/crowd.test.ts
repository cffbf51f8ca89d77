import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startCrowd } from '@frontrow/crowd/run-crowd.ts';
import type { CrowdResult } from '@frontrow/crowd/tally.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUTH_JWT_SECRET } from '../support/access-tokens.ts';
import { type Client, createClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { type Fan, createFan } from '../support/fan.ts';
import { type Operator, createOperator, expectOk } from '../support/operator.ts';
import { type AppProcess, startProcess } from '../support/processes.ts';
import type { Page } from '../support/response-bodies.ts';
import { useInstallation } from '../support/use-installation.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const NEVER = new AbortController().signal;
/** Bots that look and hesitate for less than a second. */
const SPEED = 20;
const QUICK_ROOM = { admission: { batchSize: 10, intervalMs: 500 } };
const NOBODY_ADMITTED = { admission: { batchSize: 1, intervalMs: 3_600_000 } };

type Report = {
  readonly sold: number;
  readonly held: number;
  readonly revenue: number;
  readonly byHour: readonly { readonly paid: number; readonly refunded: number }[];
};

async function listIds(admin: Fan, path: string): Promise<readonly string[]> {
  const page = expectOk(await admin.send<Page<{ id: string }>>('GET', `${path}?limit=100`));
  return page.items.map(({ id }) => id);
}

/** The sums of the reports of all dates. What staff have given away is not among the sold seats. */
async function readSales(admin: Fan, concertIds: readonly string[]) {
  const sums = { sold: 0, held: 0, revenue: 0, paid: 0, refunded: 0 };
  for (const concertId of concertIds) {
    for (const eventId of await listIds(admin, `/v1/admin/concerts/${concertId}/events`)) {
      const report = expectOk(await admin.send<Report>('GET', `/v1/admin/events/${eventId}/report`));
      sums.sold += report.sold;
      sums.held += report.held;
      sums.revenue += report.revenue;
      for (const hour of report.byHour) {
        sums.paid += hour.paid;
        sums.refunded += hour.refunded;
      }
    }
  }
  return sums;
}

/** What was sold is what the bots have bought, and no bot is left in a waiting room. */
async function expectPromisesKept(admin: Fan, result: CrowdResult, fans: number): Promise<void> {
  const { counts, seats, amount, refundedSeats } = result;
  expect(counts).toMatchObject({ coming: 0, waiting: 0, choosing: 0, holding: 0 });
  expect(counts.paid + counts.gaveUp).toBe(fans);
  const concertIds = await listIds(admin, '/v1/admin/concerts');
  const sales = await readSales(admin, concertIds);
  expect(sales.sold).toBe(seats - refundedSeats);
  expect(sales.paid).toBe(amount);
  expect(sales.revenue).toBe(sales.paid - sales.refunded);
  for (const concertId of concertIds) {
    expect(await createOperator(admin).room(concertId)).toMatchObject({ waiting: 0, parked: 0, active: 0 });
  }
}

/** Runs `npm run crowd` without npm. */
function startCommand(args: readonly string[], serverUrl: string) {
  const child = spawn(process.execPath, ['apps/crowd/src/main.ts', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], FRONTROW_URL: serverUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([out, err, [code]]) => ({ out, err, code: code as number | null }),
  );
  return { ended, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

describe('in memory mode', () => {
  let server: AppProcess;
  let client: Client;
  let admin: Fan;
  let operator: Operator;
  beforeAll(async () => {
    // With the limits of requests that npm start has.
    const env = { PORT: '0', AUTH_JWT_SECRET, WEB: 'off' };
    server = await startProcess({ name: 'embedded', main: 'apps/http/src/embedded.ts', env });
    client = createClient(server.url);
    admin = createFan('admin', () => client, 'admin');
    operator = createOperator(admin);
  });
  afterAll(async () => {
    await client.close();
    await server.kill('SIGKILL');
  });

  async function changeEveryPolicy(policy: typeof QUICK_ROOM): Promise<void> {
    for (const id of await listIds(admin, '/v1/admin/concerts')) await operator.changePolicy(id, policy);
  }

  async function countPlaces(): Promise<number> {
    const ids = await listIds(admin, '/v1/admin/concerts');
    const rooms = await Promise.all(ids.map((id) => operator.room(id)));
    return rooms.reduce((sum, { waiting, parked, active }) => sum + waiting + parked + active, 0);
  }

  it('a crowd of 50 buys what was sold, and leaves', async () => {
    await changeEveryPolicy(QUICK_ROOM);
    const crowd = await startCrowd({
      serverUrl: server.url,
      fans: 50,
      seed: 42,
      speed: SPEED,
      signal: NEVER,
    });
    const result = await crowd.ended;
    expect(result.counts.paid).toBeGreaterThan(20);
    expect(result.gaveUp).toMatchObject({ CANCELLED: expect.any(Number), LET_LAPSE: expect.any(Number) });
    expect(result.gaveUp).not.toHaveProperty('REFUSED');
    await expectPromisesKept(admin, result, 50);
  });

  it('a bot that closes its tab keeps its place until the crowd ends', async () => {
    await changeEveryPolicy(NOBODY_ADMITTED);
    const stop = new AbortController();
    const options = { serverUrl: server.url, fans: 60, seed: 4, speed: 300, signal: stop.signal };
    const { read, ended } = await startCrowd(options);
    await eventually(async () => {
      const { counts, gaveUp } = read();
      expect(counts.coming).toBe(0);
      expect(gaveUp).toMatchObject({ LEFT_THE_LINE: expect.any(Number), CLOSED_THE_TAB: expect.any(Number) });
      expect(await countPlaces()).toBeGreaterThan(counts.waiting + counts.choosing + counts.holding);
    });
    stop.abort();
    await ended;
    expect(await countPlaces()).toBe(0);
  });

  it('a stop gives back the holds of the bots that have not decided', async () => {
    await changeEveryPolicy(QUICK_ROOM);
    const ids = await listIds(admin, '/v1/admin/concerts');
    const before = await readSales(admin, ids);
    const stop = new AbortController();
    const options = { serverUrl: server.url, fans: 60, seed: 9, speed: 4, signal: stop.signal };
    const { read, ended } = await startCrowd(options);
    await eventually(async () => expect(read().counts.holding).toBeGreaterThan(4));
    stop.abort();
    const { gaveUp, seats } = await ended;
    expect(gaveUp.STOPPED).toBeGreaterThan(4);
    const after = await readSales(admin, ids);
    expect(after.sold - before.sold).toBeLessThanOrEqual(seats);
    expect(after.held - before.held).toBeLessThanOrEqual(4 * (gaveUp.LET_LAPSE ?? 0));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s leaves no bot in a line and no hold', async (signal) => {
    await changeEveryPolicy(NOBODY_ADMITTED);
    const heldBefore = (await readSales(admin, await listIds(admin, '/v1/admin/concerts'))).held;
    const { ended, kill } = startCommand(['40', '7'], server.url);
    await eventually(async () => expect(await countPlaces()).toBeGreaterThan(10));
    kill(signal);
    const { out, err, code } = await ended;
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toContain('The bots leave their places …');
    expect(out).toMatch(/were still there at the end\.\n.*"npm run crowd 40 7"/);
    expect(await countPlaces()).toBe(0);
    const sales = await readSales(admin, await listIds(admin, '/v1/admin/concerts'));
    expect(sales.held).toBeLessThanOrEqual(heldBefore);
  });

  it('the console starts a crowd, reads its counts and stops it', async () => {
    await changeEveryPolicy(NOBODY_ADMITTED);
    const start = (fans: number) => admin.send<object>('POST', '/v1/dev/crowd', { body: { fans } });
    const started = await start(40);
    expect(started).toMatchObject({ status: 202, body: { running: true, fans: 40 } });
    expect(await start(3)).toMatchObject({ status: 200, body: { running: true, fans: 40 } });
    await eventually(async () => {
      const { counts } = expectOk(await admin.send<{ counts: Counts }>('GET', '/v1/dev/crowd'));
      expect(counts.waiting).toBeGreaterThan(10);
    });
    expect(await countPlaces()).toBeGreaterThan(10);
    expect((await admin.send('DELETE', '/v1/dev/crowd')).status).toBe(204);
    expect(await countPlaces()).toBe(0);
    const { body } = await admin.send<{ counts: Counts }>('GET', '/v1/dev/crowd');
    expect(body).toMatchObject({ running: false, fans: 40, counts: { coming: 0, waiting: 0, gaveUp: 40 } });
    expect(await start(1)).toMatchObject({ status: 202, body: { fans: 1 } });
  });
});

type Counts = Readonly<Record<string, number>>;

describe('on MySQL and Redis', () => {
  const installation = useInstallation({ http: 2, workers: 1, env: { AUTH_MODE: 'dev' } });

  it('a crowd buys what was sold, and leaves', async () => {
    const { http, admin, ...operator } = installation();
    await operator.openSale({ seatCount: 40, price: 77_000, policy: QUICK_ROOM });
    const serverUrl = http[0]?.url ?? '';
    const crowd = await startCrowd({ serverUrl, fans: 40, seed: 5, speed: SPEED, signal: NEVER });
    const result = await crowd.ended;
    expect(result.counts.paid).toBeGreaterThan(5);
    await expectPromisesKept(admin, result, 40);
  });

  it('has no routes for the crowd of a console', async () => {
    const { admin } = installation();
    for (const method of ['GET', 'POST', 'DELETE'] as const)
      expect((await admin.send(method, '/v1/dev/crowd')).status).toBe(404);
  });
});

describe('the command', () => {
  it.each([
    [
      [],
      'http://tickets.example.com',
      'bots come over loopback alone, and FRONTROW_URL names the host tickets.example.com',
    ],
    [['2001'], 'http://127.0.0.1:1', 'the number of bots must be a whole number from 1 to 2000, not "2001"'],
    [
      ['5'],
      'http://127.0.0.1:1',
      'no frontrow server answers at http://127.0.0.1:1: start one with "npm start"',
    ],
  ])('ends with one line for %j at %s', async (args, url, line) => {
    expect(await startCommand(args, url).ended).toEqual({ out: '', err: `crowd: ${line}\n`, code: 1 });
  });
});
