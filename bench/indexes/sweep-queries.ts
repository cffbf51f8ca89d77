import { BOOKABLE_DATES_PER_CONCERT, concertIdAt, eventIdAt } from '../data/load-concerts.ts';
import { LIVE_HOLDS, RESERVATIONS_PER_CONCERT, reservationIdAt } from '../data/load-reservations.ts';
import type { LoadedMysql } from './loaded-mysql.ts';
import { type StatementPair, SENDS_PER_ROUND, sqlList, sendRaw } from './statement-pair.ts';

const SWEEP = 200;

/** The queries of inventory and of the sweep, with their baselines. */
export async function sweepPairs(mysql: LoadedMysql): Promise<readonly StatementPair[]> {
  const { ports, size } = mysql;
  // One fewer for an hour of each day.
  const bookableDates = (await ports.inventoryReads.count(concertIdAt(0))).dates.length;
  const total = 2 * RESERVATIONS_PER_CONCERT;
  const concerts = Math.min(BOOKABLE_DATES_PER_CONCERT, size.concertsWithSeats);
  const dates = BOOKABLE_DATES_PER_CONCERT / concerts;
  const reservations = (columns: string, count: number, step: number, iteration: number) =>
    sendRaw(
      mysql,
      `select ${columns} from reservation where id in (${sqlList(
        Array.from({ length: count }, (_, index) =>
          reservationIdAt(total - 1 - (iteration % step) - index * step),
        ),
      )})`,
    );
  return [
    {
      name: 'inventoryReads.count, 3,000 seats of 60 bookable dates',
      sends: 10,
      indexes: ['concert_event_by_reservation_window', 'PRIMARY'],
      subject: {
        contains: 'sellable',
        rows: bookableDates,
        send: (iteration) => ports.inventoryReads.count(concertIdAt(iteration % size.concertsWithSeats)),
      },
      baselineName: 'range of 3,000',
      baseline: {
        contains: 'sum(',
        rows: 1,
        send: (iteration) =>
          sendRaw(
            mysql,
            `select count(*), sum(status = 'SOLD'),
               sum(status = 'AVAILABLE' or (status = 'HELD' and hold_expires_at <= now(3)))
             from seat where concert_event_id between '${eventIdAt(0, 300 + iteration * 10, size)}'
               and '${eventIdAt(concerts - 1, 300 + iteration * 10 + dates - 1, size)}'`,
          ),
      },
    },
    {
      name: 'inventoryReads.count, 2,000 live holds of 100,000 reservations',
      sends: 4,
      indexes: ['reservation_one_live_hold'],
      subject: {
        contains: 'live_hold',
        rows: LIVE_HOLDS,
        send: (iteration) =>
          ports.inventoryReads.count(concertIdAt(size.concertsWithSeats + 1 + (iteration % 2))),
      },
      baselineName: '2,000 ids',
      baseline: {
        contains: 'from reservation',
        rows: LIVE_HOLDS,
        send: (iteration) => reservations('user_id, sequence', LIVE_HOLDS, 2, iteration),
      },
    },
    {
      name: 'reservationReads.listLapsed, 200 of 2,000',
      sends: SENDS_PER_ROUND,
      indexes: ['reservation_by_expiry'],
      subject: { contains: 'reservation', rows: SWEEP, send: () => ports.reservationReads.listLapsed(SWEEP) },
      baselineName: '200 ids',
      baseline: {
        contains: 'from reservation',
        rows: SWEEP,
        send: (iteration) => reservations('id', SWEEP, 1, iteration),
      },
    },
  ];
}
