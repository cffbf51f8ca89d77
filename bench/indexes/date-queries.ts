import { ALL_EVENTS } from '@frontrow/application/ports/catalog/catalog.ts';
import { eventIdAt, concertIdAt } from '../data/load-concerts.ts';
import type { LoadedMysql } from './loaded-mysql.ts';
import { type StatementPair, SENDS_PER_ROUND, sqlList, sendRaw } from './statement-pair.ts';

const PAGE = { limit: 20, cursor: null };
const PAGE_ROWS = PAGE.limit + 1;

/** The queries of dates with their baselines; `middleStartsAt` is the start of the middle date of every concert, in ms. */
export function datePairs(mysql: LoadedMysql, middleStartsAt: number): readonly StatementPair[] {
  const { ports, size } = mysql;
  const { catalog } = ports;
  const concert = (iteration: number) => (iteration * 37) % size.concerts;
  const concertId = (iteration: number) => concertIdAt(concert(iteration));
  const middle = Math.floor(size.datesPerConcert / 2);
  const today = Math.floor(size.datesPerConcert / 4);
  const dates = (iteration: number, from: number, count: number) =>
    Array.from({ length: count }, (_, date) => eventIdAt(concert(iteration), from + date, size));
  const events = (iteration: number, from: number, count: number) =>
    sendRaw(mysql, `select * from concert_event where id in (${sqlList(dates(iteration, from, count))})`);
  const dated = { contains: 'from concert_event', rows: PAGE_ROWS };
  const listed21 = { sends: SENDS_PER_ROUND, indexes: ['concert_event_by_start'], baselineName: '21 ids' };
  const cursor = (iteration: number) => `${middleStartsAt}:${eventIdAt(concert(iteration), middle, size)}`;
  const selling = { ...ALL_EVENTS, selling: { from: Date.now(), until: Date.now() + 60_000 } };
  return [
    {
      ...listed21,
      name: 'catalog.listEvents, first page',
      subject: { ...dated, send: (iteration) => catalog.listEvents(concertId(iteration), PAGE, ALL_EVENTS) },
      baseline: { ...dated, send: (iteration) => events(iteration, 0, PAGE_ROWS) },
    },
    {
      ...listed21,
      name: 'catalog.listEvents, page in the middle',
      subject: {
        ...dated,
        send: (iteration) =>
          catalog.listEvents(concertId(iteration), { ...PAGE, cursor: cursor(iteration) }, ALL_EVENTS),
      },
      baseline: { ...dated, send: (iteration) => events(iteration, middle + 1, PAGE_ROWS) },
    },
    {
      ...listed21,
      name: 'catalog.listEvents, bookable dates',
      subject: { ...dated, send: (iteration) => catalog.listEvents(concertId(iteration), PAGE, selling) },
      baseline: { ...dated, send: (iteration) => events(iteration, today + 1, PAGE_ROWS) },
    },
    {
      name: 'catalog.findJoinRules, of 1,000 dates',
      sends: SENDS_PER_ROUND,
      indexes: ['PRIMARY', 'concert_event_by_reservation_window', 'PRIMARY'],
      subject: {
        contains: 'max(',
        rows: 1,
        send: (iteration) => catalog.findJoinRules(concertId(iteration)),
      },
      baselineName: 'range of 1,000, joined',
      baseline: {
        contains: 'max(',
        rows: 1,
        send: (iteration) =>
          sendRaw(
            mysql,
            `select max(least(reservation_end_at, coalesce(cancelled_at, reservation_end_at)))
             from concert_event left join cancellation on concert_event_id = id where id between '${eventIdAt(0, iteration, size)}'
             and '${eventIdAt(size.datesPerConcert - 1, iteration, size)}'`,
          ),
      },
    },
    {
      name: 'catalog.findEvent',
      sends: SENDS_PER_ROUND,
      indexes: ['PRIMARY'],
      subject: {
        contains: 'concert_event',
        rows: 1,
        send: (iteration) => catalog.findEvent(eventIdAt(concert(iteration), middle, size)),
      },
      baselineName: 'one id',
      baseline: { contains: 'concert_event', rows: 1, send: (iteration) => events(iteration, middle, 1) },
    },
    {
      name: 'roomRecords.find, of 1,000 dates',
      sends: 5,
      indexes: ['PRIMARY', 'PRIMARY', 'concert_event_by_reservation_window', 'PRIMARY'],
      subject: {
        contains: 'room_version',
        rows: size.datesPerConcert,
        send: (iteration) => ports.roomRecords.find(concertId(iteration)),
      },
      baselineName: '1,000 ids',
      baseline: {
        contains: 'from concert_event',
        rows: size.datesPerConcert,
        send: (iteration) => events(iteration, 0, size.datesPerConcert),
      },
    },
  ];
}
