import { describeSeatLockContract } from '@frontrow/application/contracts/booking/seat-lock.contract.ts';
import {
  mustHold,
  newUser,
  addConcertWithDate,
} from '@frontrow/application/contracts/shared/contract-builders.ts';
import { eventually, write } from '@frontrow/application/contracts/shared/contract-support.ts';
import type { SeatRequest } from '@frontrow/application/ports/booking/seat-lock.ts';
import { createContendedSeatLock } from '../../../../src/mysql/booking/hold-strategies/contended-seat-lock.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MysqlTestPorts, openMysqlTestPorts } from '@frontrow/tests/support/mysql-test-ports.ts';
import { createReadSeatAvailability } from '../../../../src/mysql/booking/hold-strategies/seat-availability.ts';

let world: MysqlTestPorts;
beforeAll(async () => {
  world = await openMysqlTestPorts('conditional-write');
});
afterAll(() => world.close());

const read = (eventId: string, wishes: readonly SeatRequest[]) =>
  createReadSeatAvailability(world.mysql.db)(eventId, wishes);

function wishFor(eventId: string, ...seatNumbers: number[]): SeatRequest {
  const { ports } = world;
  const request = { userId: newUser(ports), operation: 'POST /x', key: ports.ids.next(), fingerprint: 'f' };
  return { eventId, seatNumbers, request };
}

describeSeatLockContract('shared refusals on MySQL', async () => {
  const { ports, mysql, ...opened } = await openMysqlTestPorts('conditional-write');
  const seatLock = createContendedSeatLock(createReadSeatAvailability(mysql.db));
  return { ports: { ...ports, seatLock }, close: () => opened.close() };
});

it('tells of the date as a transaction finds it, also of one that is unknown', async () => {
  const { ports } = world;
  const { event } = await addConcertWithDate(ports, { hold: { ttlMs: 4321 } });
  const found = await write(ports, ({ seats }) => seats.findEventOnSale(event.id));
  const { onSale } = await read(event.id, [wishFor(event.id, 1)]);
  expect({ ...onSale, asOf: found?.asOf }).toEqual(found);
  expect(onSale!.asOf >= found!.asOf).toBe(true);
  expect((await read(ports.ids.next(), [wishFor(event.id, 1)])).onSale).toBeNull();
});

it('tells which seats are taken, of all that were asked about, as the hold itself would find them', async () => {
  const { ports } = world;
  const onSale = await addConcertWithDate(ports, { event: { seatCount: 10 } });
  const { id: eventId } = onSale.event;
  const as = (seatNumbers: number[], ttlMs = 60_000) =>
    mustHold(ports, onSale, { userId: newUser(ports), seatNumbers, ttlMs });
  const sold = await as([2]);
  await write(ports, ({ seats }) => seats.sell({ eventId, seatNumbers: [2], reservationId: sold.id }));
  await as([4, 5, 6]);
  await as([7], 100);
  const wishes = [wishFor(eventId, 1, 2), wishFor(eventId, 2, 4), wishFor(eventId, 99, 5, 7)];
  await eventually(async () => {
    const { taken } = await read(eventId, wishes);
    expect([...taken].toSorted((a, b) => a - b)).toEqual([2, 4, 5]);
  });
});

it('knows which of the requests were answered before, also where the date is unknown', async () => {
  const { ports } = world;
  const { event } = await addConcertWithDate(ports);
  const [answered, refused, open] = [wishFor(event.id, 1), wishFor(event.id, 1), wishFor(event.id, 1)];
  const claimed = await write(ports, async ({ idempotency }) => {
    await idempotency.claim(answered.request);
    await idempotency.complete(answered.request, 'first');
  });
  expect(claimed).toBeUndefined();
  for (const eventId of [event.id, ports.ids.next()]) {
    const { hasAnswered } = await read(eventId, [answered, refused, open]);
    expect([answered, refused, open].map(({ request }) => hasAnswered(request))).toEqual([
      true,
      false,
      false,
    ]);
    expect(hasAnswered({ ...answered.request, fingerprint: 'another body' })).toBe(true);
  }
});

it('sees a hold and its key together or not at all, however the commit falls', async () => {
  const { ports } = world;
  const onSale = await addConcertWithDate(ports, { event: { seatCount: 80 } });
  const wishes = Array.from({ length: 80 }, (_, index) => wishFor(onSale.event.id, index + 1));
  let isOver = false;
  const halves: string[] = [];
  const seen = new Set<number>();
  const watch = async () => {
    for (;;) {
      if (isOver) return;
      const { taken, hasAnswered } = await read(onSale.event.id, wishes);
      seen.add(taken.size);
      for (const {
        seatNumbers: [seat = 0],
        request,
      } of wishes)
        if (taken.has(seat) !== hasAnswered(request)) halves.push(`seat ${seat}`);
    }
  };
  const watching = [watch(), watch(), watch()];
  for (const { eventId, seatNumbers, request } of wishes)
    await ports.transact(async ({ idempotency, seats }) => {
      await idempotency.claim(request);
      const held = await seats.hold({ eventId, seatNumbers, reservationId: ports.ids.next(), ttlMs: 60_000 });
      await idempotency.complete(request, 'held');
      return held;
    });
  isOver = true;
  await Promise.all(watching);
  expect(halves).toEqual([]);
  expect(seen.size).toBeGreaterThan(5);
});
