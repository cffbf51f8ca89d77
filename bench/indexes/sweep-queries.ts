import { BOOKABLE_DATES, concertIdAt, eventIdAt } from '../data/concerts.ts';
import { LIVE_HOLDS, RESERVATIONS_PER_CONCERT, reservationIdAt } from '../data/reservations.ts';
import type { LoadedMysql } from './loaded-mysql.ts';
import { type Pair, TURNS, listed, raw } from './pair.ts';

const SWEEP = 200;

export function sweepPairs(mysql: LoadedMysql): readonly Pair[] {
  const { ports, size } = mysql;
  const total = 2 * RESERVATIONS_PER_CONCERT;
  const concerts = Math.min(BOOKABLE_DATES, size.concertsWithSeats);
  const dates = BOOKABLE_DATES / concerts;
  const reservations = (columns: string, count: number, step: number, turn: number) =>
    raw(
      mysql,
      `select ${columns} from reservation where id in (${listed(
        Array.from({ length: count }, (_, index) =>
          reservationIdAt(total - 1 - (turn % step) - index * step),
        ),
      )})`,
    );
  return [
    {
      name: 'inventoryReads.count, 3,000 seats of 60 bookable dates',
      turns: 10,
      indexes: ['concert_event_by_reservation_window', 'PRIMARY'],
      subject: {
        text: 'sellable',
        rows: 1,
        send: (turn) => ports.inventoryReads.count(concertIdAt(turn % size.concertsWithSeats)),
      },
      by: 'range of 3,000',
      baseline: {
        text: 'sum(',
        rows: 1,
        send: (turn) =>
          raw(
            mysql,
            `select count(*), sum(status = 'SOLD'),
               sum(status = 'AVAILABLE' or (status = 'HELD' and hold_expires_at <= now(3)))
             from seat where concert_event_id between '${eventIdAt(0, 300 + turn * 10, size)}'
               and '${eventIdAt(concerts - 1, 300 + turn * 10 + dates - 1, size)}'`,
          ),
      },
    },
    {
      name: 'inventoryReads.count, 2,000 live holds of 100,000 reservations',
      turns: 4,
      indexes: ['reservation_one_live_hold'],
      subject: {
        text: 'live_hold',
        rows: LIVE_HOLDS,
        send: (turn) => ports.inventoryReads.count(concertIdAt(size.concertsWithSeats + 1 + (turn % 2))),
      },
      by: '2,000 ids',
      baseline: {
        text: 'from reservation',
        rows: LIVE_HOLDS,
        send: (turn) => reservations('user_id, sequence', LIVE_HOLDS, 2, turn),
      },
    },
    {
      name: 'reservationReads.listLapsed, 200 of 2,000',
      turns: TURNS,
      indexes: ['reservation_by_expiry'],
      subject: { text: 'reservation', rows: SWEEP, send: () => ports.reservationReads.listLapsed(SWEEP) },
      by: '200 ids',
      baseline: {
        text: 'from reservation',
        rows: SWEEP,
        send: (turn) => reservations('id', SWEEP, 1, turn),
      },
    },
  ];
}
