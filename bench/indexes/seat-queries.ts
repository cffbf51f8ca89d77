import { refuse } from '@frontrow/domain/shared/result.ts';
import { concertIdAt, eventIdAt } from '../data/load-concerts.ts';
import { reservationIdAt } from '../data/load-reservations.ts';
import {
  AVAILABLE_PERCENT,
  type AvailablePercent,
  SEATS_PER_DATE,
  STADIUM_SEATS,
  firstDateWith,
  seatOfRank,
} from '../data/load-seats.ts';
import type { LoadedMysql } from './loaded-mysql.ts';
import { type StatementPair, SENDS_PER_ROUND, sendRaw } from './statement-pair.ts';

const SEAT_COLUMNS = 'seat.number, seat.price, seat.status, seat.reservation_id, seat.hold_expires_at';
/** Of the seats, the ended places, the date and its concert. */
const SEAT_LIST_INDEXES = ['PRIMARY', 'PRIMARY', 'PRIMARY', 'PRIMARY'];
const primary = { indexes: ['PRIMARY'], sends: SENDS_PER_ROUND };
const read = { contains: 'from seat' };
/** Of a group of holds; for a single fan without a hold, the plan names no index. */
const FANS = ['a fan', 'another fan'];

/** The queries of seats with their baselines. */
export function seatPairs(mysql: LoadedMysql): readonly StatementPair[] {
  const { ports, size } = mysql;
  const eventId = (iteration: number, date: number) => eventIdOf(mysql, iteration, date);
  const stadium = (iteration: number) => eventIdAt(size.concertsWithSeats, iteration % 3, size);
  const seats = (event: string, numbers: string) =>
    sendRaw(
      mysql,
      `select ${SEAT_COLUMNS}, now(3) as as_of from seat where concert_event_id = '${event}' and number ${numbers}`,
    );
  const seatsAndDate = (event: string, count: number) =>
    sendRaw(
      mysql,
      `select ${SEAT_COLUMNS}, event.sales_state, concert.sales_state, now(3) as as_of from concert_event as event
       join concert on concert.id = event.concert_id join seat on concert_event_id = event.id
       where event.id = '${event}' and number between 1 and ${count}`,
    );
  return [
    {
      name: 'seats.findHoldContext',
      ...primary,
      indexes: ['PRIMARY', 'PRIMARY', 'reservation_one_live_hold'],
      subject: {
        contains: 'as_of',
        rows: 1,
        send: (iteration) =>
          rolledBack(mysql, (unit) => unit.seats.findHoldContext(eventId(iteration, 0), FANS)),
      },
      baselineName: 'one id in each table',
      baseline: {
        contains: 'from concert',
        statementsPerSend: 2,
        rows: 1,
        async send(iteration) {
          const concertId = concertIdAt((iteration * 7) % size.concertsWithSeats);
          await sendRaw(mysql, `select * from concert_event where id = '${eventId(iteration, 0)}'`);
          await sendRaw(mysql, `select policy, now(3) from concert where id = '${concertId}'`);
        },
      },
    },
    {
      name: 'seatReads.list, 50 seats',
      ...primary,
      indexes: SEAT_LIST_INDEXES,
      subject: {
        ...read,
        rows: SEATS_PER_DATE,
        send: (iteration) => ports.seatReads.list(eventId(iteration, 0), []),
      },
      baselineName: 'range of 50, joined',
      baseline: {
        contains: 'join seat',
        rows: SEATS_PER_DATE,
        send: (iteration) => seatsAndDate(eventId(iteration, 0), SEATS_PER_DATE),
      },
    },
    {
      name: 'seatReads.list, 50,000 seats',
      ...primary,
      indexes: SEAT_LIST_INDEXES,
      sends: 3,
      subject: {
        ...read,
        rows: STADIUM_SEATS,
        send: (iteration) => ports.seatReads.list(stadium(iteration), []),
      },
      baselineName: 'range of 50,000, joined',
      baseline: {
        contains: 'join seat',
        rows: STADIUM_SEATS,
        send: (iteration) => seatsAndDate(stadium(iteration), STADIUM_SEATS),
      },
    },
    {
      name: 'seats.lock, 4 seats',
      ...primary,
      subject: {
        ...read,
        rows: 4,
        send: (iteration) =>
          rolledBack(mysql, (unit) =>
            unit.seats.lock({ eventId: eventId(iteration, 0), seatNumbers: [1, 2, 3, 4], reservationId: '' }),
          ),
      },
      baselineName: '4 ids for update',
      baseline: {
        ...read,
        rows: 4,
        async send(iteration) {
          await sendRaw(mysql, 'begin');
          await seats(eventId(iteration, 0), 'in (1, 2, 3, 4) for update');
          await sendRaw(mysql, 'rollback');
        },
      },
    },
    ...AVAILABLE_PERCENT.map((percent) => holdPair(mysql, percent)),
  ];
}

/** Holds four seats of a date and rolls back. */
function holdPair(mysql: LoadedMysql, percent: AvailablePercent): StatementPair {
  const held = [0, 1, 2, percent / 2].map(seatOfRank).toSorted((a, b) => a - b);
  const event = (iteration: number) => eventIdOf(mysql, iteration, firstDateWith(percent));
  const reservationId = reservationIdAt(0);
  return {
    name: `seats.hold of 3 free seats and a lapsed one, ${percent} % available`,
    ...primary,
    subject: {
      contains: 'update seat',
      rows: 4,
      send: (iteration) =>
        rolledBack(mysql, (unit) =>
          unit.seats.hold(
            [{ eventId: event(iteration), seatNumbers: held, reservationId, ttlMs: 300_000 }],
            'WAIT',
          ),
        ),
    },
    baselineName: 'update of 4 ids',
    baseline: {
      contains: 'update seat',
      rows: 4,
      async send(iteration) {
        await sendRaw(mysql, 'begin');
        await sendRaw(
          mysql,
          `update seat set status = 'HELD', reservation_id = '${reservationId}',
             hold_expires_at = sysdate(3) + interval 300 second
           where concert_event_id = '${event(iteration)}' and number in (${held.join()})`,
        );
        await sendRaw(mysql, 'rollback');
      },
    },
  };
}

/** The id of a date of 50 seats, another one per iteration, with the same share of AVAILABLE seats as date `date`. */
function eventIdOf({ size }: LoadedMysql, iteration: number, date: number): string {
  return eventIdAt((iteration * 7) % size.concertsWithSeats, date + 3 * iteration, size);
}

type Unit = Parameters<Parameters<LoadedMysql['ports']['transact']>[0]>[0];

/** Runs `work` in a transaction that rolls back, so that every iteration finds the same rows. */
function rolledBack({ ports }: LoadedMysql, work: (unit: Unit) => Promise<unknown>): Promise<unknown> {
  return ports.transact(async (unit) => {
    await work(unit);
    return refuse('ROLLED_BACK');
  }, 'STAFF');
}
