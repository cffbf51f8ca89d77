import type { Testbed } from '../harness/testbed.ts';
import { type Fan, PRICE, createBenchmarkDate } from '../data/benchmark-sale.ts';
import { type AdmittedSale, openAdmittedSale } from '../locks/admitted-sale.ts';
import { requestOf, requestWithKey, requestWithTicket } from './route-requests.ts';
import { cancelRoute } from './cancel-route.ts';
import { type Held, hold, reservationsOf } from './held-reservations.ts';
import { SINGLE_USE_REQUESTS, type RouteRequest, type HotRoute } from './hot-route.ts';
import type { DatabaseChecks } from './database-checks.ts';

/** Yields one route after the other, because each uses the rows that the previous ones wrote. */
export async function* bookingRoutes(testbed: Testbed, checks: DatabaseChecks): AsyncGenerator<HotRoute> {
  const sale = await openAdmittedSale(testbed, SINGLE_USE_REQUESTS + 1);
  // One more fan than requests: this one holds the seat of the refused holds.
  const [seatHolder, ...fans] = sale.fans as [Fan, ...Fan[]];
  const admittedSale: AdmittedSale = { ...sale, fans };
  const small = await createBenchmarkDate(testbed, sale.concertId);
  await hold(testbed, seatHolder, small, 1);

  yield seatList(admittedSale, small);
  yield charge(admittedSale, checks);
  yield read(
    'read wallet',
    admittedSale.fans.map((fan) => requestOf(fan, '/v1/wallet')),
  );
  yield* holds(testbed, admittedSale, small, checks);
  const held = await reservationsOf(admittedSale, checks);
  yield extend(admittedSale, held, checks);
  yield read(
    'get reservation',
    held.map(({ fan, id }) => requestOf(fan, `/v1/reservations/${id}`)),
  );
  yield read(
    'list reservations',
    admittedSale.fans.map((fan) => requestOf(fan, '/v1/reservations')),
  );
  yield pay(admittedSale, held, checks);
  yield read(
    'list payments',
    admittedSale.fans.map((fan) => requestOf(fan, '/v1/payments')),
  );
  yield await cancelRoute(testbed, checks);
}

function read(name: string, requests: readonly RouteRequest[]): HotRoute {
  return { name, method: 'GET', status: 200, requests, isSingleUse: false, waitsForMysql: true };
}

function seatList({ fans }: AdmittedSale, eventId: string): HotRoute {
  const requests = fans.map((fan) => requestWithTicket(fan, `/v1/events/${eventId}/seats`));
  // Few answers wait for MySQL, because reads are coalesced, as in `pnpm bench seats`.
  return { ...read('seat list', requests), waitsForMysql: false, goals: { bare: 0.6, guarded: 0.8 } };
}

function charge({ fans }: AdmittedSale, checks: DatabaseChecks): HotRoute {
  const amount = 2 * PRICE;
  return {
    name: 'charge wallet',
    method: 'POST',
    status: 201,
    requests: fans.map((fan) => requestWithKey(fan, '/v1/wallet/charges', { amount })),
    isSingleUse: true,
    waitsForMysql: true,
    async confirm() {
      await checks.expect(fans.length, `select count(*) from wallet_entry where kind = 'CHARGE'`, []);
      await checks.expect(fans.length * amount, 'select sum(balance) from wallet', []);
    },
  };
}

function holdRequestOf(fan: Fan, eventId: string, seat: number): RouteRequest {
  return requestWithTicket(fan, '/v1/reservations', { eventId, seatNumbers: [seat] });
}

async function* holds(
  testbed: Testbed,
  { concertId, fans }: AdmittedSale,
  taken: string,
  checks: DatabaseChecks,
): AsyncGenerator<HotRoute> {
  const expectHeld = (count: number) =>
    checks.expect(
      count,
      `select count(*) from reservation join reservation_seat on reservation_id = id
         join seat on seat.concert_event_id = reservation.concert_event_id and number = seat_number
           and seat.reservation_id = id and seat.status = 'HELD'
        where reservation.concert_id = ? and reservation.status = 'HELD'`,
      [concertId],
    );
  yield {
    name: 'hold, refused',
    method: 'POST',
    status: 409,
    requests: fans.map((fan) => holdRequestOf(fan, taken, 1)),
    isSingleUse: false,
    waitsForMysql: false,
    goals: { guarded: 0.75 },
    confirm: () => expectHeld(1),
  };
  const large = await createBenchmarkDate(testbed, concertId, fans.length);
  yield {
    name: 'hold, granted',
    method: 'POST',
    status: 201,
    requests: fans.map((fan, index) => holdRequestOf(fan, large, index + 1)),
    isSingleUse: true,
    waitsForMysql: true,
    confirm: () => expectHeld(1 + fans.length),
  };
}

function extend({ concertId }: AdmittedSale, held: readonly Held[], checks: DatabaseChecks): HotRoute {
  return {
    name: 'extend hold',
    method: 'POST',
    status: 200,
    requests: held.map(({ fan, id }) => requestWithKey(fan, `/v1/reservations/${id}/extend`)),
    isSingleUse: true,
    waitsForMysql: true,
    confirm: () =>
      checks.expect(held.length, 'select sum(extensions) from reservation where concert_id = ?', [concertId]),
  };
}

function pay({ concertId }: AdmittedSale, held: readonly Held[], checks: DatabaseChecks): HotRoute {
  return {
    name: 'pay',
    method: 'POST',
    status: 201,
    requests: held.map(({ fan, id }) => requestWithKey(fan, '/v1/payments', { reservationId: id })),
    isSingleUse: true,
    waitsForMysql: true,
    confirm: () =>
      checks.expect(
        held.length,
        `select count(*) from reservation join payment on payment.id = payment_id
           join wallet_entry on wallet_entry.payment_id = payment.id and wallet_entry.amount = -${PRICE}
           join reservation_seat on reservation_seat.reservation_id = reservation.id
           join seat on seat.concert_event_id = reservation.concert_event_id and number = seat_number
             and seat.reservation_id = reservation.id and seat.status = 'SOLD'
          where reservation.concert_id = ? and reservation.status = 'CONFIRMED'`,
        [concertId],
      ),
  };
}
