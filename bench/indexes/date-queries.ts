import { eventIdAt, concertIdAt } from '../data/concerts.ts';
import type { LoadedMysql } from './loaded-mysql.ts';
import { type Pair, TURNS, listed, raw } from './pair.ts';

const PAGE = { limit: 20, cursor: null };
const PAGE_ROWS = PAGE.limit + 1;

/** `middleStartsAt` is when the date in the middle of every concert starts. */
export function datePairs(mysql: LoadedMysql, middleStartsAt: number): readonly Pair[] {
  const { ports, size } = mysql;
  const { catalog } = ports;
  const concert = (turn: number) => (turn * 37) % size.concerts;
  const concertId = (turn: number) => concertIdAt(concert(turn));
  const middle = Math.floor(size.datesPerConcert / 2);
  const today = Math.floor(size.datesPerConcert / 4);
  const dates = (turn: number, from: number, count: number) =>
    Array.from({ length: count }, (_, date) => eventIdAt(concert(turn), from + date, size));
  const events = (turn: number, from: number, count: number) =>
    raw(mysql, `select * from concert_event where id in (${listed(dates(turn, from, count))})`);
  const dated = { text: 'from concert_event', rows: PAGE_ROWS };
  const listed21 = { turns: TURNS, indexes: ['concert_event_by_start'], by: '21 ids' };
  const cursor = (turn: number) => `${middleStartsAt}:${eventIdAt(concert(turn), middle, size)}`;
  const selling = { from: Date.now(), until: Date.now() + 60_000 };
  return [
    {
      ...listed21,
      name: 'catalog.listEvents, first page',
      subject: { ...dated, send: (turn) => catalog.listEvents(concertId(turn), PAGE, null) },
      baseline: { ...dated, send: (turn) => events(turn, 0, PAGE_ROWS) },
    },
    {
      ...listed21,
      name: 'catalog.listEvents, page in the middle',
      subject: {
        ...dated,
        send: (turn) => catalog.listEvents(concertId(turn), { ...PAGE, cursor: cursor(turn) }, null),
      },
      baseline: { ...dated, send: (turn) => events(turn, middle + 1, PAGE_ROWS) },
    },
    {
      ...listed21,
      name: 'catalog.listEvents, bookable dates',
      subject: { ...dated, send: (turn) => catalog.listEvents(concertId(turn), PAGE, selling) },
      baseline: { ...dated, send: (turn) => events(turn, today + 1, PAGE_ROWS) },
    },
    {
      name: 'catalog.findSalesEnd, of 1,000 dates',
      turns: TURNS,
      indexes: ['concert_event_by_reservation_window'],
      subject: { text: 'max(', rows: 1, send: (turn) => catalog.findSalesEnd(concertId(turn)) },
      by: 'range of 1,000',
      baseline: {
        text: 'max(',
        rows: 1,
        send: (turn) =>
          raw(
            mysql,
            `select max(reservation_end_at) from concert_event where id between '${eventIdAt(0, turn, size)}'
             and '${eventIdAt(size.datesPerConcert - 1, turn, size)}'`,
          ),
      },
    },
    {
      name: 'catalog.findEvent',
      turns: TURNS,
      indexes: ['PRIMARY'],
      subject: {
        text: 'concert_event',
        rows: 1,
        send: (turn) => catalog.findEvent(eventIdAt(concert(turn), middle, size)),
      },
      by: 'one id',
      baseline: { text: 'concert_event', rows: 1, send: (turn) => events(turn, middle, 1) },
    },
    {
      name: 'roomRecords.find, of 1,000 dates',
      turns: 5,
      indexes: ['PRIMARY', 'PRIMARY', 'concert_event_by_reservation_window'],
      subject: {
        text: 'room_version',
        rows: size.datesPerConcert,
        send: (turn) => ports.roomRecords.find(concertId(turn)),
      },
      by: '1,000 ids',
      baseline: {
        text: 'from concert_event',
        rows: size.datesPerConcert,
        send: (turn) => events(turn, 0, size.datesPerConcert),
      },
    },
  ];
}
