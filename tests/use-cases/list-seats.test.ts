import { setImmediate } from 'node:timers/promises';
import { type Application, createApplication } from '@frontrow/application/application.ts';
import type { SeatsQuery } from '@frontrow/application/booking/fresh-seats.ts';
import { lettersOf } from '@frontrow/domain/booking/seat-states.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
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

/** The forms of the seat map. Each answers the letters of the seats. */
const forms = {
  async listSeats(app: Application, query: SeatsQuery) {
    const listed = await app.listSeats(query);
    return listed.ok ? ok(lettersOf(listed.value.seats)) : listed;
  },
  async listSeatStates(app: Application, query: SeatsQuery) {
    const listed = await app.listSeatStates(query);
    return listed.ok ? ok(listed.value.letters) : listed;
  },
};
const formsInEnvironments = environments.flatMap(({ name, open }) =>
  Object.entries(forms).map(([form, read]) => ({ name, open, form, read })),
);

describe.each(formsInEnvironments)('$form ($name)', ({ open, read }) => {
  const fixture = useSaleFixture(open);
  const list = (query: SeatsQuery) => read(fixture().app, query);

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
    expect(unwrap(await list({ eventId: sale.event.id, ticket }))).toBe('SAHA');
  });

  it('refuses an unknown event before it checks the ticket', async () => {
    const { ticket } = await fixture().join(await fixture().openSale({ admission: { state: 'PAUSED' } }));
    const answer = await list({ eventId: fixture().ports.ids.next(), ticket });
    expect(answer).toEqual(refused('NOT_FOUND', { what: 'event' }));
  });

  it('refuses the ticket of another concert before it checks its state', async () => {
    const [sale, other] = [
      await fixture().openSale(),
      await fixture().openSale({ admission: { state: 'PAUSED' } }),
    ];
    const { ticket } = await fixture().join(other);
    const answer = await list({ eventId: sale.event.id, ticket });
    expect(answer).toEqual(refused('QUEUE_TOKEN_INVALID'));
  });

  it('refuses a fan who waits, who has left, or who has paid while the waiting room shows ACTIVE', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const waiting = await fixture().join(sale);
    const listFor = ({ ticket }: typeof fan) => list({ eventId: sale.event.id, ticket });
    expect(await listFor(waiting)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'WAITING' }));
    await fixture().app.leaveQueue(waiting.ticket);
    expect(await listFor(waiting)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'LEFT' }));
    await fixture().charge(fan.userId, 1_000);
    const request = fixture().newRequest(fan.userId);
    const command = { userId: fan.userId, reservationId: reservation.id, request };
    unwrap(await appWithFailingRoomEnd(fixture()).payReservation(command));
    expect(await listFor(fan)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'COMPLETED' }));
  });

  it('refuses a date that is not on sale, like its hold', async () => {
    const sale = await fixture().openSale();
    const later = await fixture().addDate(sale, {
      reservationStartAt: fixture().ports.clock.now() + HOUR_MS,
    });
    const { ticket } = await fixture().join(sale);
    const answer = await list({ eventId: later.id, ticket });
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
    unwrap(await list({ eventId: sale.event.id, ticket }));
    const { token } = await fixture().ports.waitingRoom.checkIn(ticket);
    expect(token).toMatchObject({ status: 'ACTIVE' });
    expect(await fixture().app.expireSessions()).toBe(0);
  });

  it('shows every hold before the request, also when an older read still runs', async () => {
    const sale = await fixture().openSale();
    const { fan } = await fixture().createHold(sale, [1]);
    const { app, waitForChecks, firstRead, reads } = appWithSlowFirstRead(fixture());
    const listFor = ({ ticket }: FanWithTicket) => read(app, { eventId: sale.event.id, ticket });
    const early = listFor(fan);
    await firstRead.begun;
    await fixture().createHold(sale, [2]);
    const late = Array.from({ length: 10 }, () => listFor(fan));
    await waitForChecks(11);
    firstRead.end();
    expect(unwrap(await early).slice(0, 2)).toBe('HA');
    for (const letters of (await Promise.all(late)).map(unwrap)) expect(letters.slice(0, 2)).toBe('HH');
    expect(reads()).toBe(2);
  });

  it('of the fans who share a read, refuses only the one whose place has ended', async () => {
    const sale = await fixture().openSale();
    const { fan: paid, reservation } = await fixture().createHold(sale, [1]);
    const other = await fixture().join(sale);
    const { app, waitForChecks, firstRead, reads } = appWithSlowFirstRead(fixture());
    const listFor = ({ ticket }: FanWithTicket) => read(app, { eventId: sale.event.id, ticket });
    const early = listFor(paid);
    await firstRead.begun;
    await fixture().charge(paid.userId, 1_000);
    const request = fixture().newRequest(paid.userId);
    const command = { userId: paid.userId, reservationId: reservation.id, request };
    unwrap(await appWithFailingRoomEnd(fixture()).payReservation(command));
    const late = [paid, other].map((fan) => listFor(fan));
    await waitForChecks(3);
    firstRead.end();
    unwrap(await early);
    expect(await late[0]).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'COMPLETED' }));
    expect(unwrap(await late[1]!)[0]).toBe('S');
    expect(reads()).toBe(2);
  });
});

/** The use case with a slow first read: the read has its rows when `begun` resolves, and returns them after `end()`. */
function appWithSlowFirstRead({ ports }: SaleFixture) {
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let [checks, reads] = [0, 0];
  const slowFirst =
    <Answer>(read: (eventId: string, places: readonly Place[]) => Promise<Answer>) =>
    async (eventId: string, places: readonly Place[]) => {
      const isFirst = (reads += 1) === 1;
      const answer = await read(eventId, places);
      if (isFirst) {
        begun.resolve();
        await end.promise;
      }
      return answer;
    };
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
      list: slowFirst((eventId, places) => ports.seatReads.list(eventId, places)),
      readStates: slowFirst((eventId, places) => ports.seatReads.readStates(eventId, places)),
    },
  });
  return {
    app,
    firstRead: { begun: begun.promise, end: () => end.resolve() },
    reads: () => reads,
    /** Resolves when `count` requests have passed the check of the waiting room, the step before the seats. */
    waitForChecks: async (count: number) => {
      await eventually(() => expect(checks).toBe(count));
      await setImmediate();
    },
  };
}
