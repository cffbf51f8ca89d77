import { refuse } from '@frontrow/domain/shared/result.ts';
import { concertIdAt, eventIdAt } from '../data/concerts.ts';
import { reservationIdAt } from '../data/reservations.ts';
import {
  AVAILABLE_PERCENT,
  type AvailablePercent,
  SEATS_PER_DATE,
  STADIUM_SEATS,
  dateWith,
  seatRanked,
} from '../data/seats.ts';
import type { LoadedMysql } from './loaded-mysql.ts';
import { type Pair, TURNS, raw } from './pair.ts';

const SEAT_COLUMNS = 'number, price, status, reservation_id, hold_expires_at';
const primary = { indexes: ['PRIMARY'], turns: TURNS };
const read = { text: 'from seat' };

export function seatPairs(mysql: LoadedMysql): readonly Pair[] {
  const { ports, size } = mysql;
  const eventId = (turn: number, date: number) => eventIdOf(mysql, turn, date);
  const stadium = (turn: number) => eventIdAt(size.concertsWithSeats, turn % 3, size);
  const seats = (event: string, numbers: string) =>
    raw(
      mysql,
      `select ${SEAT_COLUMNS}, now(3) as as_of from seat where concert_event_id = '${event}' and number ${numbers}`,
    );
  return [
    {
      name: 'seats.findEventOnSale',
      ...primary,
      indexes: ['PRIMARY', 'PRIMARY'],
      subject: {
        text: 'as_of',
        rows: 1,
        send: (turn) => undone(mysql, (unit) => unit.seats.findEventOnSale(eventId(turn, 0))),
      },
      by: 'one id in each table',
      baseline: {
        text: 'from concert',
        statements: 2,
        rows: 1,
        async send(turn) {
          const concertId = concertIdAt((turn * 7) % size.concertsWithSeats);
          await raw(mysql, `select * from concert_event where id = '${eventId(turn, 0)}'`);
          await raw(mysql, `select policy, now(3) from concert where id = '${concertId}'`);
        },
      },
    },
    {
      name: 'seatReads.list, 50 seats',
      ...primary,
      indexes: ['PRIMARY', 'PRIMARY'],
      subject: { ...read, rows: SEATS_PER_DATE, send: (turn) => ports.seatReads.list(eventId(turn, 0), []) },
      by: 'range of 50',
      baseline: {
        ...read,
        rows: SEATS_PER_DATE,
        send: (turn) => seats(eventId(turn, 0), `between 1 and ${SEATS_PER_DATE}`),
      },
    },
    {
      name: 'seatReads.list, 50,000 seats',
      ...primary,
      indexes: ['PRIMARY', 'PRIMARY'],
      turns: 3,
      subject: { ...read, rows: STADIUM_SEATS, send: (turn) => ports.seatReads.list(stadium(turn), []) },
      by: 'range of 50,000',
      baseline: {
        ...read,
        rows: STADIUM_SEATS,
        send: (turn) => seats(stadium(turn), `between 1 and ${STADIUM_SEATS}`),
      },
    },
    {
      name: 'seats.lock, 4 seats',
      ...primary,
      subject: {
        ...read,
        rows: 4,
        send: (turn) =>
          undone(mysql, (unit) =>
            unit.seats.lock({ eventId: eventId(turn, 0), seatNumbers: [1, 2, 3, 4], reservationId: '' }),
          ),
      },
      by: '4 ids for update',
      baseline: {
        ...read,
        rows: 4,
        async send(turn) {
          await raw(mysql, 'begin');
          await seats(eventId(turn, 0), 'in (1, 2, 3, 4) for update');
          await raw(mysql, 'rollback');
        },
      },
    },
    ...AVAILABLE_PERCENT.map((percent) => holdPair(mysql, percent)),
  ];
}

/** Four seats of a date are held and let go again. */
function holdPair(mysql: LoadedMysql, percent: AvailablePercent): Pair {
  const held = [0, 1, 2, percent / 2].map(seatRanked).toSorted((a, b) => a - b);
  const event = (turn: number) => eventIdOf(mysql, turn, dateWith(percent));
  const reservationId = reservationIdAt(0);
  return {
    name: `seats.hold of 3 free seats and a lapsed one, ${percent} % available`,
    ...primary,
    subject: {
      text: 'sysdate(3) + interval',
      rows: 4,
      send: (turn) =>
        undone(mysql, (unit) =>
          unit.seats.hold({ eventId: event(turn), seatNumbers: held, reservationId, ttlMs: 300_000 }),
        ),
    },
    by: 'update of 4 ids',
    baseline: {
      text: 'sysdate(3) + interval',
      rows: 4,
      async send(turn) {
        await raw(mysql, 'begin');
        await raw(
          mysql,
          `update seat set status = 'HELD', reservation_id = '${reservationId}',
             hold_expires_at = sysdate(3) + interval 300 second
           where concert_event_id = '${event(turn)}' and number in (${held.join()})`,
        );
        await raw(mysql, 'rollback');
      },
    },
  };
}

/** A date of fifty seats, another with every turn, with as many available as `date` has. */
function eventIdOf({ size }: LoadedMysql, turn: number, date: number): string {
  return eventIdAt((turn * 7) % size.concertsWithSeats, date + 3 * turn, size);
}

type Unit = Parameters<Parameters<LoadedMysql['ports']['transact']>[0]>[0];

/** So that every turn finds the same. */
function undone({ ports }: LoadedMysql, work: (unit: Unit) => Promise<unknown>): Promise<unknown> {
  return ports.transact(async (unit) => {
    await work(unit);
    return refuse('UNDONE');
  });
}
