import { describeSeatLockContract } from '@frontrow/application/contracts/booking/seat-lock.contract.ts';
import {
  mustHold,
  newUser,
  addConcertWithDate,
} from '@frontrow/application/contracts/shared/contract-builders.ts';
import { eventually, write } from '@frontrow/application/contracts/shared/contract-support.ts';
import type { SeatRequest } from '@frontrow/application/ports/booking/seat-lock.ts';
import { createContendedSeatLock } from '../../../../src/mysql/booking/hold-strategies/contended-seat-lock.ts';
import { expect, it } from 'vitest';
import { openMysqlTestPorts } from '@frontrow/tests/support/mysql-test-ports.ts';
import { useMysqlTestPorts } from '@frontrow/tests/support/use-mysql-test-ports.ts';
import { createReadSeatAvailability } from '../../../../src/mysql/booking/hold-strategies/seat-availability.ts';

const testPorts = useMysqlTestPorts();

const read = (eventId: string, requests: readonly SeatRequest[]) =>
  createReadSeatAvailability(testPorts.mysql.db)(eventId, requests);

function requestFor(eventId: string, ...seatNumbers: number[]): SeatRequest {
  const { ports } = testPorts;
  const request = { userId: newUser(ports), operation: 'POST /x', key: ports.ids.next(), fingerprint: 'f' };
  return { eventId, seatNumbers, request };
}

describeSeatLockContract('contended, on MySQL', async () => {
  const { ports, mysql, ...opened } = await openMysqlTestPorts('conditional-write');
  const seatLock = createContendedSeatLock(createReadSeatAvailability(mysql.db));
  return { ports: { ...ports, seatLock }, close: () => opened.close() };
});

it('reads the event as a transaction finds it, and null for an unknown one', async () => {
  const { ports } = testPorts;
  const { event } = await addConcertWithDate(ports, { hold: { ttlMs: 4321 } });
  const { onSale: found } = await write(ports, ({ seats }) => seats.findHoldContext(event.id, 'a fan'));
  const { onSale } = await read(event.id, [requestFor(event.id, 1)]);
  expect({ ...onSale, asOf: found?.asOf }).toEqual(found);
  expect(onSale!.asOf >= found!.asOf).toBe(true);
  expect((await read(ports.ids.next(), [requestFor(event.id, 1)])).onSale).toBeNull();
});

it('reads which of all requested seats are taken, as a hold would find them', async () => {
  const { ports } = testPorts;
  const onSale = await addConcertWithDate(ports, { event: { seatCount: 10 } });
  const { id: eventId } = onSale.event;
  const hold = (seatNumbers: number[], ttlMs = 60_000) =>
    mustHold(ports, onSale, { userId: newUser(ports), seatNumbers, ttlMs });
  const sold = await hold([2]);
  await write(ports, ({ seats }) => seats.sell({ eventId, seatNumbers: [2], reservationId: sold.id }));
  await hold([4, 5, 6]);
  await hold([7], 100);
  const requests = [requestFor(eventId, 1, 2), requestFor(eventId, 2, 4), requestFor(eventId, 99, 5, 7)];
  await eventually(async () => {
    const { taken } = await read(eventId, requests);
    expect([...taken].toSorted((a, b) => a - b)).toEqual([2, 4, 5]);
  });
});

it('reads the live holds of the requesting users in the concert, whatever its dates and their names', async () => {
  const { ports } = testPorts;
  const onSale = await addConcertWithDate(ports);
  const elsewhere = await addConcertWithDate(ports);
  const as = (userId: string, ...seatNumbers: number[]) => {
    const asked = requestFor(onSale.event.id, ...seatNumbers);
    return { ...asked, request: { ...asked.request, userId } };
  };
  const [own, quoted, lapsing, other] = ['own', "'ö\\\\🎟", 'lapsing', 'other'].map(
    (name) => `${name} ${ports.ids.next()}`,
  ) as [string, string, string, string];
  const held = await mustHold(ports, onSale, { userId: own, seatNumbers: [1] });
  const second = await mustHold(ports, onSale, { userId: quoted, seatNumbers: [2] });
  await mustHold(ports, onSale, { userId: lapsing, seatNumbers: [3], ttlMs: 100 });
  await mustHold(ports, onSale, { userId: newUser(ports), seatNumbers: [4] });
  await mustHold(ports, elsewhere, { userId: other, seatNumbers: [1] });
  const requests = [own, quoted, lapsing, other].map((userId) => as(userId, 9));
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
  const [answered, refused, open] = [
    requestFor(event.id, 1),
    requestFor(event.id, 1),
    requestFor(event.id, 1),
  ];
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

it('sees both a hold and its idempotency key or neither, whenever the commit happens', async () => {
  const { ports } = testPorts;
  const onSale = await addConcertWithDate(ports, { event: { seatCount: 80 } });
  const requests = Array.from({ length: 80 }, (_, index) => requestFor(onSale.event.id, index + 1));
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
  for (const { eventId, seatNumbers, request } of requests)
    await ports.transact(async ({ idempotency, seats }) => {
      await idempotency.claim(request);
      const held = await seats.hold({ eventId, seatNumbers, reservationId: ports.ids.next(), ttlMs: 60_000 });
      await idempotency.complete(request, 'held');
      return held;
    });
  isOver = true;
  await Promise.all(reading);
  expect(mismatches).toEqual([]);
  expect(seen.size).toBeGreaterThan(5);
});
