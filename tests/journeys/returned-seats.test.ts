import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buySeat } from '../support/crowd.ts';
import { createClient } from '../support/client.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { type Fan, createFan } from '../support/fan.ts';
import { createOperator, expectOk } from '../support/operator.ts';
import { createPatientClient } from '../support/patient-client.ts';
import { type AppProcess, HTTP_ENV, startProcess } from '../support/processes.ts';
import type { QueueStatus } from '../support/response-bodies.ts';
import { useInstallation } from '../support/use-installation.ts';

type FansOf = (userId: string, scope?: string) => Fan;

/** Sells a date of one seat out, and returns the seat twice to the fans who wait. */
async function returnSeats(fanOf: FansOf, address: string): Promise<void> {
  const operator = createOperator(fanOf('admin', 'admin'));
  const policy = { admission: { maxActive: 1, sessionTtlMs: 600_000 } };
  const { concertId, eventId } = await operator.openSale({ seatCount: 1, price: 100, policy });
  const buyer = fanOf('buyer');
  const line = ['first', 'second', 'third'].map((userId) => fanOf(userId));
  const [first, , third] = line as [Fan, Fan, Fan];

  expectOk(await buyer.join(concertId));
  const bought = await buySeat(buyer, eventId);
  for (const [index, fan] of line.entries()) {
    const joined = expectOk(await fan.join(concertId));
    expect(joined).toMatchObject({ status: 'WAITING', position: index + 1 });
  }
  await expectStatus(line, [
    { status: 'WAITING', position: 1, room: 'SOLD_OUT', seatsReturned: 0 },
    { status: 'WAITING', position: 2, room: 'SOLD_OUT', seatsReturned: 0 },
    { status: 'WAITING', position: 3, room: 'SOLD_OUT', seatsReturned: 0 },
  ]);

  const stream = await openEventStream(address, third.ticket());
  try {
    expectOk(await buyer.refund(bought));
    await stream.next(({ data }) => data.seatsReturned === 1 && data.position === 2);
  } finally {
    stream.close();
  }
  await expectStatus(line, [
    { status: 'ACTIVE', room: 'OPEN', seatsReturned: 1 },
    { status: 'WAITING', position: 1, seatsReturned: 1 },
    { status: 'WAITING', position: 2, seatsReturned: 1 },
  ]);
  await eventually(async () => {
    const room = await third.send<{ seatsReturned: number }>('GET', `/v1/concerts/${concertId}/room`);
    expect(expectOk(room).seatsReturned).toBe(1);
  });

  const again = await buySeat(first, eventId);
  await expectStatus(line, [
    { status: 'COMPLETED' },
    { status: 'WAITING', position: 1, room: 'SOLD_OUT', seatsReturned: 1 },
    { status: 'WAITING', position: 2, room: 'SOLD_OUT', seatsReturned: 1 },
  ]);

  expectOk(await first.refund(again));
  await expectStatus(line, [
    { status: 'COMPLETED' },
    { status: 'ACTIVE', room: 'OPEN', seatsReturned: 2 },
    { status: 'WAITING', position: 1, seatsReturned: 2 },
  ]);
}

/** Polls until the fans of the line have these properties. */
function expectStatus(line: readonly Fan[], expected: readonly Partial<QueueStatus>[]): Promise<void> {
  return eventually(async () => {
    const statuses = await Promise.all(line.map(async (fan) => expectOk(await fan.status())));
    expect(statuses).toMatchObject(expected);
  });
}

describe('a sold-out room admits its line in order as refunds return seats, and says how many came back', () => {
  describe('in one process in memory', () => {
    let embedded: AppProcess;
    beforeAll(async () => {
      embedded = await startProcess({ name: 'embedded', main: 'apps/http/src/embedded.ts', env: HTTP_ENV });
    });
    afterAll(() => embedded.kill('SIGKILL'));

    it('to every fan', async () => {
      const client = createPatientClient(createClient(embedded.url));
      try {
        const fanOf: FansOf = (userId, scope) => createFan(userId, () => client, scope);
        await expect(returnSeats(fanOf, embedded.url)).resolves.toBeUndefined();
      } finally {
        await client.close();
      }
    });
  });

  describe('in two processes and three workers on MySQL and Redis', () => {
    const installation = useInstallation({ http: 2, workers: 3 });

    it('to every fan, whichever process answers', async () => {
      const [process] = installation().http;
      const fanOf: FansOf = (userId, scope) => installation().fan(userId, scope);
      await expect(returnSeats(fanOf, process!.url)).resolves.toBeUndefined();
    });
  });
});
