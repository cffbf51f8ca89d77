import {
  holdOne,
  mustHold,
  newUser,
  addConcertWithDate,
} from '@frontrow/application/contracts/shared/contract-builders.ts';
import { eventually, write } from '@frontrow/application/contracts/shared/contract-support.ts';
import type { SeatRequest } from '@frontrow/application/ports/booking/seats.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MysqlTestPorts, openMysqlTestPorts } from '@frontrow/tests/support/mysql-test-ports.ts';

let testPorts: MysqlTestPorts;
beforeAll(async () => {
  testPorts = await openMysqlTestPorts('grouped');
});
afterAll(() => testPorts.close());

const read = (eventId: string, requests: readonly SeatRequest[]) =>
  testPorts.ports.seatReads.findAvailability(eventId, requests);

function requestFor(...seatNumbers: number[]): SeatRequest {
  const { ports } = testPorts;
  const userId = newUser(ports);
  const request = { userId, operation: 'POST /x', key: ports.ids.next(), fingerprint: 'f' };
  return { userId, seatNumbers, request, ticket: { concertId: 'a concert', userId, sequence: 1 } };
}

it('reads the event as a transaction finds it, and null for an unknown one', async () => {
  const { ports } = testPorts;
  const { event } = await addConcertWithDate(ports, { hold: { ttlMs: 4321 } });
  const { onSale: found } = await write(ports, ({ seats }) => seats.findHoldContext(event.id, ['a fan']));
  const { onSale } = await read(event.id, [requestFor(1)]);
  expect({ ...onSale, asOf: found?.asOf }).toEqual(found);
  expect(onSale!.asOf >= found!.asOf).toBe(true);
  expect((await read(ports.ids.next(), [requestFor(1)])).onSale).toBeNull();
});

it('reads which of all requested seats are taken, as a hold would find them', async () => {
  const { ports } = testPorts;
  const onSale = await addConcertWithDate(ports, { event: { seatCount: 10 } });
  const { id: eventId } = onSale.event;
  const hold = (seatNumbers: number[], ttlMs = 60_000) =>
    mustHold(ports, onSale, { userId: newUser(ports), seatNumbers, ttlMs });
  const sold = await hold([2]);
  await write(ports, ({ seats }) => seats.sell([{ eventId, seatNumbers: [2], reservationId: sold.id }]));
  await hold([4, 5, 6]);
  await hold([7], 100);
  const requests = [requestFor(1, 2), requestFor(2, 4), requestFor(99, 5, 7)];
  await eventually(async () => {
    const { taken } = await read(eventId, requests);
    expect([...taken].toSorted((a, b) => a - b)).toEqual([2, 4, 5]);
  });
});

it('reads the live holds of the requesting users in the concert, whatever its dates and their names', async () => {
  const { ports } = testPorts;
  const onSale = await addConcertWithDate(ports);
  const elsewhere = await addConcertWithDate(ports);
  const [own, quoted, lapsing, other] = ['own', "'ö\\\\🎟", 'lapsing', 'other'].map(
    (name) => `${name} ${ports.ids.next()}`,
  ) as [string, string, string, string];
  const held = await mustHold(ports, onSale, { userId: own, seatNumbers: [1] });
  const second = await mustHold(ports, onSale, { userId: quoted, seatNumbers: [2] });
  await mustHold(ports, onSale, { userId: lapsing, seatNumbers: [3], ttlMs: 100 });
  await mustHold(ports, onSale, { userId: newUser(ports), seatNumbers: [4] });
  await mustHold(ports, elsewhere, { userId: other, seatNumbers: [1] });
  const requests = [own, quoted, lapsing, other].map((userId) => ({ ...requestFor(9), userId }));
  await eventually(async () => {
    const { liveHolds } = await read(onSale.event.id, requests);
    expect(liveHolds).toEqual(
      new Map([
        [own, held.id],
        [quoted, second.id],
      ]),
    );
  });
});

it('reads which of the requests have a stored answer, also for an unknown event', async () => {
  const { ports } = testPorts;
  const { event } = await addConcertWithDate(ports);
  const [answered, refused, open] = [requestFor(1), requestFor(1), requestFor(1)];
  const claimed = await write(ports, async ({ idempotency }) => {
    await idempotency.claim([answered.request]);
    await idempotency.complete([{ request: answered.request, answer: 'first' }]);
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

it('sees both a hold and its idempotency key or neither, whenever the commit happens', async () => {
  const { ports } = testPorts;
  const onSale = await addConcertWithDate(ports, { event: { seatCount: 80 } });
  const requests = Array.from({ length: 80 }, (_, index) => requestFor(index + 1));
  let isOver = false;
  const mismatches: string[] = [];
  const seen = new Set<number>();
  const readRepeatedly = async () => {
    for (;;) {
      if (isOver) return;
      const { taken, hasAnswered } = await read(onSale.event.id, requests);
      seen.add(taken.size);
      for (const {
        seatNumbers: [seat = 0],
        request,
      } of requests)
        if (taken.has(seat) !== hasAnswered(request)) mismatches.push(`seat ${seat}`);
    }
  };
  const reading = [readRepeatedly(), readRepeatedly(), readRepeatedly()];
  const eventId = onSale.event.id;
  for (const { seatNumbers, request } of requests)
    await ports.transact(async (unit) => {
      await unit.idempotency.claim([request]);
      const held = await holdOne(unit, {
        eventId,
        seatNumbers,
        reservationId: ports.ids.next(),
        ttlMs: 60_000,
      });
      await unit.idempotency.complete([{ request, answer: 'held' }]);
      return held;
    }, 'STAFF');
  isOver = true;
  await Promise.all(reading);
  expect(mismatches).toEqual([]);
  expect(seen.size).toBeGreaterThan(5);
});

it('reads which of the places have ended', async () => {
  const { ports } = testPorts;
  const { event, concert } = await addConcertWithDate(ports);
  const request = requestFor(1);
  const place = { concertId: concert.id, userId: request.userId, sequence: 8_000 * 2 ** 40 + 7 };
  const asked = [requestFor(1), { ...request, ticket: place }];
  expect((await read(event.id, asked)).ended).toEqual([]);
  await write(ports, ({ queueEnds }) => queueEnds.add({ ...place, reason: 'LEFT' }));
  expect((await read(event.id, asked)).ended).toEqual([{ ...place, reason: 'LEFT' }]);
});
