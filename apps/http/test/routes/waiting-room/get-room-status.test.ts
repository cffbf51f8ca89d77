import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import { eventually } from '@frontrow/tests/support/eventually.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { positionByMarks } from '@frontrow/domain/waiting-room/line-marks.ts';
import { describe, expect, it } from 'vitest';
import { roomStatus } from '../../../src/routes/waiting-room/room-status-schema.ts';
import { ADMIN, join, putOnSale } from '../../support/scenario.ts';
import { START, type TestServer, createTestServer } from '../../support/test-server.ts';

async function openRoom(server = createTestServer()) {
  const { concertId } = await putOnSale(server);
  return { server, concertId, path: `GET /v1/concerts/${concertId}/room` as const };
}

async function changeAdmission({ call }: TestServer, concertId: string, admission: object) {
  const changed = await call(`PATCH /v1/admin/concerts/${concertId}/policy`, {
    ...ADMIN,
    body: { admission },
  });
  expect(changed.status).toBe(200);
}

/** A room of which one fan is admitted and the others wait. */
async function openLine(fans: number) {
  const room = await openRoom();
  const { server, concertId } = room;
  await changeAdmission(server, concertId, { state: 'PAUSED' });
  const tickets: string[] = [];
  for (let fan = 0; fan < fans; fan += 1) tickets.push(await join(server, concertId, `fan-${fan}`));
  await changeAdmission(server, concertId, { state: 'RUNNING', batchSize: 1 });
  await server.application.admitWaiting();
  server.clock.advance(1_000);
  const poll = async (fan: number) =>
    (await server.call('GET /v1/queue-tokens/current', { ticket: tickets[fan]! })).body;
  return { ...room, poll };
}

describe('the status of a room', () => {
  it('gives each fan who waits the position and at least the wait of the personal status', async () => {
    const { server, path, poll } = await openLine(8);
    const { body } = await server.call(path);
    for (const fan of [1, 4, 7]) {
      const own = await poll(fan);
      const position = positionByMarks(body.line, own.sequence)!;
      expect(position).toBe(own.position);
      const wait = body.waits.find((group: { upToPosition: number }) => position <= group.upToPosition);
      expect(wait.medianSeconds).toBeGreaterThanOrEqual(own.estimatedWaitSeconds);
    }
    const admitted = await poll(0);
    expect(admitted).toMatchObject({ status: 'ACTIVE', sequence: body.firstWaitingSequence - 1 });
  });

  it('matches its schema, needs no identity, and is 304 for a client that has it', async () => {
    const { server, path } = await openLine(3);
    await eventually(async () => expect((await server.call(path)).body.dates).toHaveLength(1));
    const first = await server.call(path);
    expect(roomStatus.strict().parse(first.body)).toEqual(first.body);
    expect(first).toMatchObject({
      status: 200,
      body: { room: 'OPEN', reason: null, epoch: 1, restoringUntil: null },
      headers: { 'cache-control': 'public, max-age=1' },
    });
    const etag = String(first.headers['etag']);
    const again = await server.call(path, { headers: { 'if-none-match': etag } });
    expect(again).toMatchObject({ status: 304, headers: { etag, 'cache-control': 'public, max-age=1' } });
    server.clock.advance(1_000);
    expect((await server.call(path, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  it('has no line, waits or first sequence where nobody waits, and the seats that are left', async () => {
    const { server, path } = await openRoom();
    // The first answer opens the room, and the workers count the seats of open rooms.
    expect((await server.call(path)).body).toMatchObject({ seatsLeft: null });
    await server.application.countInventory();
    server.clock.advance(1_000);
    expect((await server.call(path)).body).toMatchObject({
      room: 'OPEN',
      asOf: new Date(START + 1_000).toISOString(),
      firstWaitingSequence: null,
      line: [],
      waits: [],
      seatsLeft: { total: 50 },
    });
  });

  it('has what is available of each category of the dates on sale, and when it was counted', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server, { price: undefined, layout: CONTRACT_LAYOUT });
    const path = `GET /v1/concerts/${sale.concertId}/room` as const;
    expect((await server.call(path)).body.dates).toBeNull();
    const { body: date } = await server.call(`GET /v1/events/${sale.eventId}`);
    await eventually(async () => {
      const { body } = await server.call(path);
      expect(roomStatus.strict().parse(body)).toEqual(body);
      expect(body.dates).toEqual([
        {
          eventId: sale.eventId,
          startsAt: date.startsAt,
          availableCount: date.availableCount,
          availableAsOf: date.availableAsOf,
          categories: date.categories,
        },
      ]);
    });
    server.clock.advance(6 * 3_600_000);
    await eventually(async () =>
      expect((await server.call(path)).body).toMatchObject({ room: 'CLOSED', dates: [] }),
    );
  });

  it('is CLOSED after the sales, and NOT_OPEN before them', async () => {
    const { server, path } = await openRoom();
    server.clock.advance(6 * 3_600_000);
    expect((await server.call(path)).body).toMatchObject({ room: 'CLOSED', admissionRate: null });
    const early = await openRoom();
    early.server.clock.advance(-2 * 3_600_000);
    expect((await early.server.call(early.path)).body).toMatchObject({ room: 'NOT_OPEN' });
  });
});

describe('a refusal of the status of a room', () => {
  it('is not cacheable for an unknown concert', async () => {
    const unknown = await createTestServer().call('GET /v1/concerts/none/room');
    expect(unknown).toMatchObject({ status: 404, headers: { 'cache-control': 'no-store' } });
    expect(unknown.headers['etag']).toBeUndefined();
  });

  it('is not cacheable while the room cannot be reached', async () => {
    const { server, path } = await openRoom(
      createTestServer({
        replacePorts: (ports) => ({
          ...ports,
          waitingRoom: {
            ...ports.waitingRoom,
            roomStatusFromSnapshot: () => Promise.reject(new Unavailable('redis')),
          },
        }),
      }),
    );
    const answer = await server.call(path);
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'cache-control': 'no-store', 'retry-after': '1' },
    });
    expect(answer.headers['etag']).toBeUndefined();
  });
});
