import { sumOf } from '../every-shard.ts';
import type { Reader, Reads } from './reader.ts';

type RoomReads = Pick<
  Reads,
  'queueEndReads' | 'queueEndPurge' | 'saleCodeReads' | 'inventoryReads' | 'roomRecords' | 'sellOutReads'
>;

export function createShardedRoomReads({ inConcert, everywhere }: Reader): RoomReads {
  return {
    queueEndReads: {
      find: (place) => inConcert(place.concertId, ({ queueEndReads }) => queueEndReads.find(place)),
      async *listRecent(concertId, withinMs) {
        yield* await inConcert(concertId, async ({ queueEndReads }) => {
          const pages = [];
          for await (const page of queueEndReads.listRecent(concertId, withinMs)) pages.push(page);
          return pages;
        });
      },
    },
    queueEndPurge: {
      purge: (...args) => sumOf(everywhere('sales', ({ queueEndPurge }) => queueEndPurge.purge(...args))),
    },
    saleCodeReads: { list: (id, page) => inConcert(id, ({ saleCodeReads }) => saleCodeReads.list(id, page)) },
    inventoryReads: { count: (id) => inConcert(id, ({ inventoryReads }) => inventoryReads.count(id)) },
    roomRecords: {
      async listOpened() {
        return (await everywhere('sales', ({ roomRecords }) => roomRecords.listOpened())).flat();
      },
      find: (id) => inConcert(id, ({ roomRecords }) => roomRecords.find(id)),
      raiseEpoch: (id, from) => inConcert(id, ({ roomRecords }) => roomRecords.raiseEpoch(id, from)),
      saveWatermark: (id, mark) => inConcert(id, ({ roomRecords }) => roomRecords.saveWatermark(id, mark)),
    },
    sellOutReads: { find: (id) => inConcert(id, ({ sellOutReads }) => sellOutReads.find(id)) },
  };
}
