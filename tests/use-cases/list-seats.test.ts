import { setImmediate } from 'node:timers/promises';
import { createApplication } from '@frontrow/application/application.ts';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { eventually } from '../support/eventually.ts';
import { unwrap, refused } from '../support/results.ts';
import {
  type FanWithTicket,
  type SaleFixture,
  appWithFailingRoomEnd,
  useSaleFixture,
} from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('listSeats ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  it('shows the current status of every seat', async () => {
    const sale = await fixture().openSale({ event: { seatCount: 4 } });
    const changeTtl = (ttlMs: number) =>
      fixture().app.changePolicy({ by: BY_STAFF, concertId: sale.concertId, admission: {}, hold: { ttlMs } });
    const paid = await fixture().createHold(sale, [1]);
    await fixture().charge(paid.fan.userId, 1_000);
    unwrap(await fixture().pay(paid.fan.userId, paid.reservation.id));
    await changeTtl(300);
    await fixture().app.countInventory();
    await fixture().createHold(sale, [2]);
    const { ticket } = await fixture().join(sale);
    await fixture().advance(350);
    await changeTtl(600_000);
    await fixture().createHold(sale, [3]);
    const { seats, eventId } = unwrap(await fixture().app.listSeats({ eventId: sale.event.id, ticket }));
    expect(eventId).toBe(sale.event.id);
    expect(seats.map(({ status }) => status)).toEqual(['SOLD', 'AVAILABLE', 'HELD', 'AVAILABLE']);
  });

  it('refuses an unknown event before it checks the ticket', async () => {
    const { ticket } = await fixture().join(await fixture().openSale({ admission: { state: 'PAUSED' } }));
    const answer = await fixture().app.listSeats({ eventId: fixture().ports.ids.next(), ticket });
    expect(answer).toEqual(refused('NOT_FOUND', { what: 'event' }));
  });

  it('refuses the ticket of another concert before it checks its state', async () => {
    const [sale, other] = [
      await fixture().openSale(),
      await fixture().openSale({ admission: { state: 'PAUSED' } }),
    ];
    const { ticket } = await fixture().join(other);
    const answer = await fixture().app.listSeats({ eventId: sale.event.id, ticket });
    expect(answer).toEqual(refused('QUEUE_TOKEN_INVALID'));
  });

  it('refuses a fan who waits, who has left, or who has paid while the waiting room shows ACTIVE', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const waiting = await fixture().join(sale);
    const list = ({ ticket }: typeof fan) => fixture().app.listSeats({ eventId: sale.event.id, ticket });
    expect(await list(waiting)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'WAITING' }));
    await fixture().app.leaveQueue(waiting.ticket);
    expect(await list(waiting)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'LEFT' }));
    await fixture().charge(fan.userId, 1_000);
    const request = fixture().newRequest(fan.userId);
    const command = { userId: fan.userId, reservationId: reservation.id, request };
    unwrap(await appWithFailingRoomEnd(fixture()).payReservation(command));
    expect(await list(fan)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'COMPLETED' }));
  });

  it('refuses a date that is not on sale, like its hold', async () => {
    const sale = await fixture().openSale();
    const later = await fixture().addDate(sale, {
      reservationStartAt: fixture().ports.clock.now() + HOUR_MS,
    });
    const { ticket } = await fixture().join(sale);
    const answer = await fixture().app.listSeats({ eventId: later.id, ticket });
    expect(answer).toEqual(
      refused('EVENT_NOT_BOOKABLE', {
        reservationStartAt: later.reservationStartAt,
        reservationEndAt: later.reservationEndAt,
      }),
    );
  });

  it('claims an offered slot', async () => {
    const sale = await fixture().openSale({ admission: { state: 'PAUSED', sessionTtlMs: 60_000 } });
    const { ticket } = await fixture().join(sale);
    await fixture().app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: { state: 'RUNNING' },
      hold: {},
    });
    await fixture().app.admitWaiting();
    unwrap(await fixture().app.listSeats({ eventId: sale.event.id, ticket }));
    const { token } = await fixture().ports.waitingRoom.checkIn(ticket);
    expect(token).toMatchObject({ status: 'ACTIVE' });
    expect(await fixture().app.expireSessions()).toBe(0);
  });

  it('shows every hold before the request, also when an older read still runs', async () => {
    const sale = await fixture().openSale();
    const { fan } = await fixture().createHold(sale, [1]);
    const { list, waitForChecks, firstRead, reads } = appWithSlowFirstRead(fixture());
    const early = list(sale.event.id, fan);
    await firstRead.begun;
    await fixture().createHold(sale, [2]);
    const late = Array.from({ length: 10 }, () => list(sale.event.id, fan));
    await waitForChecks(11);
    firstRead.end();
    expect(unwrap(await early).seats[1]).toMatchObject({ status: 'AVAILABLE' });
    for (const { seats } of (await Promise.all(late)).map(unwrap))
      expect(seats[1]).toMatchObject({ status: 'HELD' });
    expect(reads()).toBe(2);
  });

  it('of the fans who share a read, refuses only the one whose place has ended', async () => {
    const sale = await fixture().openSale();
    const { fan: paid, reservation } = await fixture().createHold(sale, [1]);
    const other = await fixture().join(sale);
    const { list, waitForChecks, firstRead, reads } = appWithSlowFirstRead(fixture());
    const early = list(sale.event.id, paid);
    await firstRead.begun;
    await fixture().charge(paid.userId, 1_000);
    const request = fixture().newRequest(paid.userId);
    const command = { userId: paid.userId, reservationId: reservation.id, request };
    unwrap(await appWithFailingRoomEnd(fixture()).payReservation(command));
    const late = [paid, other].map((fan) => list(sale.event.id, fan));
    await waitForChecks(3);
    firstRead.end();
    unwrap(await early);
    expect(await late[0]).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'COMPLETED' }));
    expect(unwrap(await late[1]!).seats[0]).toMatchObject({ status: 'SOLD' });
    expect(reads()).toBe(2);
  });
});

/** The use case with a slow first read: the read has its rows when `begun` resolves, and returns them after `end()`. */
function appWithSlowFirstRead({ ports }: SaleFixture) {
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let [checks, reads] = [0, 0];
  const app = createApplication({
    ...ports,
    waitingRoom: {
      ...ports.waitingRoom,
      async freshStatus(ticket) {
        const standing = await ports.waitingRoom.freshStatus(ticket);
        checks += 1;
        return standing;
      },
    },
    seatReads: {
      ...ports.seatReads,
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
    list: async (eventId: string, { ticket }: FanWithTicket) => app.listSeats({ eventId, ticket }),
    firstRead: { begun: begun.promise, end: () => end.resolve() },
    reads: () => reads,
    /** Resolves when `count` requests have passed the check of the waiting room, the step before the seats. */
    waitForChecks: async (count: number) => {
      await eventually(() => expect(checks).toBe(count));
      await setImmediate();
    },
  };
}
