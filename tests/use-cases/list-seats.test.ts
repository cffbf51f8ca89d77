import { setImmediate } from 'node:timers/promises';
import { createApplication } from '@frontrow/application/application.ts';
import { describe, expect, it, vi } from 'vitest';
import {
  type Fan,
  type SaleFixture,
  appWithoutEnds,
  granted,
  refused,
  useSaleFixture,
} from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('listSeats ($name)', ({ open }) => {
  const stage = useSaleFixture(open);

  it('shows every seat as it stands now', async () => {
    const sale = await stage().openSale({ event: { seatCount: 4 }, hold: { ttlMs: 400 } });
    const paid = await stage().held(sale, [1]);
    await stage().charge(paid.fan.userId, 1_000);
    granted(await stage().pay(paid.fan.userId, paid.reservation.id));
    await stage().held(sale, [2]);
    const { ticket } = await stage().join(sale);
    await stage().advance(450);
    await stage().app.changePolicy({ concertId: sale.concertId, admission: {}, hold: { ttlMs: 60_000 } });
    await stage().held(sale, [3]);
    const { seats, eventId } = granted(await stage().app.listSeats({ eventId: sale.event.id, ticket }));
    expect(eventId).toBe(sale.event.id);
    expect(seats.map(({ status }) => status)).toEqual(['SOLD', 'AVAILABLE', 'HELD', 'AVAILABLE']);
  });

  it('refuses an unknown event, before it looks at the ticket', async () => {
    const { ticket } = await stage().join(await stage().openSale({ admission: { state: 'PAUSED' } }));
    const answer = await stage().app.listSeats({ eventId: stage().ports.ids.next(), ticket });
    expect(answer).toEqual(refused('NOT_FOUND', { what: 'event' }));
  });

  it('refuses the ticket of another concert, before it looks at its state', async () => {
    const [sale, other] = [
      await stage().openSale(),
      await stage().openSale({ admission: { state: 'PAUSED' } }),
    ];
    const { ticket } = await stage().join(other);
    const answer = await stage().app.listSeats({ eventId: sale.event.id, ticket });
    expect(answer).toEqual(refused('QUEUE_TOKEN_INVALID'));
  });

  it('refuses a fan who waits, who has left, and who has paid though the room has not heard of it', async () => {
    const sale = await stage().openSale({ admission: { maxActive: 1 } });
    const { fan, reservation } = await stage().held(sale, [1]);
    const waiting = await stage().join(sale);
    const list = ({ ticket }: typeof fan) => stage().app.listSeats({ eventId: sale.event.id, ticket });
    expect(await list(waiting)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'WAITING' }));
    await stage().app.leaveQueue(waiting.ticket);
    expect(await list(waiting)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'LEFT' }));
    await stage().charge(fan.userId, 1_000);
    const request = stage().newRequest(fan.userId);
    const command = { userId: fan.userId, reservationId: reservation.id, request };
    granted(await appWithoutEnds(stage()).payReservation(command));
    expect(await list(fan)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'COMPLETED' }));
  });

  it('claims an admitted slot', async () => {
    const sale = await stage().openSale({ admission: { state: 'PAUSED', sessionTtlMs: 60_000 } });
    const { ticket } = await stage().join(sale);
    await stage().app.changePolicy({ concertId: sale.concertId, admission: { state: 'RUNNING' }, hold: {} });
    await stage().app.admitWaiting();
    granted(await stage().app.listSeats({ eventId: sale.event.id, ticket }));
    const { token } = await stage().ports.waitingRoom.checkIn(ticket);
    expect(token).toMatchObject({ status: 'ACTIVE' });
    expect(await stage().app.expireSessions()).toBe(0);
  });

  it('shows what was held before the request, to whoever asks while an older read runs', async () => {
    const sale = await stage().openSale();
    const { fan } = await stage().held(sale, [1]);
    const { list, haveAsked, firstRead, reads } = appWithSlowFirstRead(stage());
    const early = list(sale.event.id, fan);
    await firstRead.begun;
    await stage().held(sale, [2]);
    const late = Array.from({ length: 10 }, () => list(sale.event.id, fan));
    await haveAsked(11);
    firstRead.end();
    expect(granted(await early).seats[1]).toMatchObject({ status: 'AVAILABLE' });
    for (const { seats } of (await Promise.all(late)).map(granted))
      expect(seats[1]).toMatchObject({ status: 'HELD' });
    expect(reads()).toBe(2);
  });

  it('refuses, of those who share a read, whose place has ended and nobody else', async () => {
    const sale = await stage().openSale();
    const { fan: paid, reservation } = await stage().held(sale, [1]);
    const other = await stage().join(sale);
    const { list, haveAsked, firstRead, reads } = appWithSlowFirstRead(stage());
    const early = list(sale.event.id, paid);
    await firstRead.begun;
    await stage().charge(paid.userId, 1_000);
    const request = stage().newRequest(paid.userId);
    const command = { userId: paid.userId, reservationId: reservation.id, request };
    granted(await appWithoutEnds(stage()).payReservation(command));
    const late = [paid, other].map((fan) => list(sale.event.id, fan));
    await haveAsked(3);
    firstRead.end();
    granted(await early);
    expect(await late[0]).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'COMPLETED' }));
    expect(granted(await late[1]!).seats[0]).toMatchObject({ status: 'SOLD' });
    expect(reads()).toBe(2);
  });
});

/** The use case, whose first read has read the seats when it has `begun`, and gives them out when it is told to `end`. */
function appWithSlowFirstRead({ ports }: SaleFixture) {
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let [asked, reads] = [0, 0];
  const app = createApplication({
    ...ports,
    waitingRoom: {
      ...ports.waitingRoom,
      async freshStatus(ticket) {
        const standing = await ports.waitingRoom.freshStatus(ticket);
        asked += 1;
        return standing;
      },
    },
    seatReads: {
      async list(eventId, places) {
        const isFirst = (reads += 1) === 1;
        const listing = await ports.seatReads.list(eventId, places);
        if (isFirst) {
          begun.resolve();
          await end.promise;
        }
        return listing;
      },
    },
  });
  return {
    list: async (eventId: string, { ticket }: Fan) => app.listSeats({ eventId, ticket }),
    firstRead: { begun: begun.promise, end: () => end.resolve() },
    reads: () => reads,
    /** So many have passed the waiting room, the step before the seats. */
    haveAsked: async (count: number) => {
      await vi.waitFor(() => expect(asked).toBe(count));
      await setImmediate();
    },
  };
}
