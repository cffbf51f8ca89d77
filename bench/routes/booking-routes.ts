import type { World } from '../harness/world.ts';
import { type Fan, PRICE, openDate } from '../data/on-sale.ts';
import { type Sale, openSale } from '../locks/contenders.ts';
import { ask, askWithKey, askWithTicket } from './asks.ts';
import { cancelRoute } from './cancel-route.ts';
import { type Held, hold, reservationsOf } from './holds.ts';
import { ASKS_SPENT, type Ask, type HotRoute } from './hot-route.ts';
import type { Records } from './records.ts';

/** One route after the other, because each works on what the one before it has written. */
export async function* bookingRoutes(world: World, records: Records): AsyncGenerator<HotRoute> {
  const sale = await openSale(world, ASKS_SPENT + 1);
  // One more fan than asks, to hold the seat that the losers are after.
  const [squatter, ...fans] = sale.fans as [Fan, ...Fan[]];
  const crowd: Sale = { ...sale, fans };
  const small = await openDate(world, sale.concertId);
  await hold(world, squatter, small, 1);

  yield seatList(crowd, small);
  yield charge(crowd, records);
  yield read(
    'read wallet',
    crowd.fans.map((fan) => ask(fan, '/v1/wallet')),
  );
  yield* holds(world, crowd, small, records);
  const held = await reservationsOf(crowd, records);
  yield extend(crowd, held, records);
  yield read(
    'get reservation',
    held.map(({ fan, id }) => ask(fan, `/v1/reservations/${id}`)),
  );
  yield read(
    'list reservations',
    crowd.fans.map((fan) => ask(fan, '/v1/reservations')),
  );
  yield pay(crowd, held, records);
  yield read(
    'list payments',
    crowd.fans.map((fan) => ask(fan, '/v1/payments')),
  );
  yield await cancelRoute(world, records);
}

function read(name: string, asks: readonly Ask[]): HotRoute {
  return { name, method: 'GET', status: 200, asks, spends: false, asksMysql: true };
}

function seatList({ fans }: Sale, eventId: string): HotRoute {
  const asks = fans.map((fan) => askWithTicket(fan, `/v1/events/${eventId}/seats`));
  // As `pnpm bench seats` asks: so many share a read that few wait for MySQL.
  return { ...read('seat list', asks), asksMysql: false, goals: { bare: 0.5, guarded: 0.8 } };
}

function charge({ fans }: Sale, records: Records): HotRoute {
  const amount = 2 * PRICE;
  return {
    name: 'charge wallet',
    method: 'POST',
    status: 201,
    asks: fans.map((fan) => askWithKey(fan, '/v1/wallet/charges', { amount })),
    spends: true,
    asksMysql: true,
    async confirm() {
      await records.expect(fans.length, `select count(*) from wallet_entry where kind = 'CHARGE'`, []);
      await records.expect(fans.length * amount, 'select sum(balance) from wallet', []);
    },
  };
}

function holdAsk(fan: Fan, eventId: string, seat: number): Ask {
  return askWithTicket(fan, '/v1/reservations', { eventId, seatNumbers: [seat] });
}

async function* holds(
  world: World,
  { concertId, fans }: Sale,
  taken: string,
  records: Records,
): AsyncGenerator<HotRoute> {
  const expectHeld = (count: number) =>
    records.expect(
      count,
      `select count(*) from reservation join reservation_seat on reservation_id = id
         join seat on seat.concert_event_id = reservation.concert_event_id and number = seat_number
           and seat.reservation_id = id and seat.status = 'HELD'
        where concert_id = ? and reservation.status = 'HELD'`,
      [concertId],
    );
  yield {
    name: 'hold, loser',
    method: 'POST',
    status: 409,
    asks: fans.map((fan) => holdAsk(fan, taken, 1)),
    spends: false,
    asksMysql: false,
    goals: { bare: 0.35, guarded: 0.75 },
    confirm: () => expectHeld(1),
  };
  const large = await openDate(world, concertId, fans.length);
  yield {
    name: 'hold, winner',
    method: 'POST',
    status: 201,
    asks: fans.map((fan, index) => holdAsk(fan, large, index + 1)),
    spends: true,
    asksMysql: true,
    confirm: () => expectHeld(1 + fans.length),
  };
}

function extend({ concertId }: Sale, held: readonly Held[], records: Records): HotRoute {
  return {
    name: 'extend hold',
    method: 'POST',
    status: 200,
    asks: held.map(({ fan, id }) => askWithKey(fan, `/v1/reservations/${id}/extend`)),
    spends: true,
    asksMysql: true,
    confirm: () =>
      records.expect(held.length, 'select sum(extensions) from reservation where concert_id = ?', [
        concertId,
      ]),
  };
}

function pay({ concertId }: Sale, held: readonly Held[], records: Records): HotRoute {
  return {
    name: 'pay',
    method: 'POST',
    status: 201,
    asks: held.map(({ fan, id }) => askWithKey(fan, '/v1/payments', { reservationId: id })),
    spends: true,
    asksMysql: true,
    confirm: () =>
      records.expect(
        held.length,
        `select count(*) from reservation join payment on payment.id = payment_id
           join wallet_entry on wallet_entry.payment_id = payment.id and wallet_entry.amount = -${PRICE}
           join reservation_seat on reservation_seat.reservation_id = reservation.id
           join seat on seat.concert_event_id = reservation.concert_event_id and number = seat_number
             and seat.reservation_id = reservation.id and seat.status = 'SOLD'
          where concert_id = ? and reservation.status = 'CONFIRMED'`,
        [concertId],
      ),
  };
}
