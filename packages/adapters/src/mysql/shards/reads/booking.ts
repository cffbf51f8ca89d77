import type { SeatCount } from '@frontrow/application/ports/booking/seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { descendingById, inTurn, mergePages } from '../every-shard.ts';
import type { Sharding } from '../sharding.ts';
import type { Reader, Reads } from './reader.ts';

type BookingReads = Pick<
  Reads,
  'seatReads' | 'blockedSeatReads' | 'reservationReads' | 'orderReads' | 'gateCheckInReads'
>;

export function createShardedBookingReads(
  { at, inEvent, inReservation, everywhere, byId }: Reader,
  { locator, shards }: Sharding,
): BookingReads {
  return {
    seatReads: {
      findAvailability: (id, asked) => inEvent(id, ({ seatReads }) => seatReads.findAvailability(id, asked)),
      list: (id, places) => inEvent(id, ({ seatReads }) => seatReads.list(id, places)),
      readStates: (id, places) => inEvent(id, ({ seatReads }) => seatReads.readStates(id, places)),
      readStatesForStaff: (id) => inEvent(id, ({ seatReads }) => seatReads.readStatesForStaff(id)),
      async countAvailable(ids) {
        const slots = await Promise.all(ids.map((id) => locator.ofEvent(id)));
        const byShard = Map.groupBy(ids, (_, index) => shards.find('sales', slots[index]!).target);
        const counts = await Promise.all(
          [...byShard].map(([target, own]) => at(target, ({ seatReads }) => seatReads.countAvailable(own))),
        );
        return new Map<EventId, SeatCount>(counts.flatMap((own) => [...own]));
      },
    },
    blockedSeatReads: {
      list: (id, page) => inEvent(id, ({ blockedSeatReads }) => blockedSeatReads.list(id, page)),
    },
    reservationReads: {
      find: (id) => byId('reservation', id, ({ reservationReads }) => reservationReads.find(id)),
      async list(userId, page) {
        const pages = await everywhere('sales', ({ reservationReads }) =>
          reservationReads.list(userId, page),
        );
        return mergePages(pages, page, descendingById, ({ id }) => id);
      },
      async listLapsed(limit) {
        const lists = await everywhere('sales', ({ reservationReads }) => reservationReads.listLapsed(limit));
        return inTurn(lists).slice(0, limit);
      },
    },
    orderReads: {
      list: (id, ...rest) => inEvent(id, ({ orderReads }) => orderReads.list(id, ...rest)),
      findRecords: (id) => inReservation(id, ({ orderReads }) => orderReads.findRecords(id)),
      reportSales: (id) => inEvent(id, ({ orderReads }) => orderReads.reportSales(id)),
    },
    gateCheckInReads: {
      list: (id) => inReservation(id, ({ gateCheckInReads }) => gateCheckInReads.list(id)),
      count: (id) => inEvent(id, ({ gateCheckInReads }) => gateCheckInReads.count(id)),
    },
  };
}
