import { inTurn, mergePages } from '../every-shard.ts';
import type { Reader, Reads } from './reader.ts';

type CatalogReads = Pick<
  Reads,
  'catalog' | 'policies' | 'layoutReads' | 'layoutTemplateReads' | 'cancellationReads'
>;

export function createShardedCatalogReads({ inStaff, inConcert, inEvent, everywhere }: Reader): CatalogReads {
  return {
    catalog: {
      async listConcerts(page, ...rest) {
        const pages = await everywhere('sales', ({ catalog }) => catalog.listConcerts(page, ...rest));
        return mergePages(
          pages,
          page,
          (a, b) => a.id < b.id,
          ({ id }) => id,
        );
      },
      findConcert: (id) => inConcert(id, ({ catalog }) => catalog.findConcert(id)),
      listEvents: (id, ...rest) => inConcert(id, ({ catalog }) => catalog.listEvents(id, ...rest)),
      findJoinRules: (id) => inConcert(id, ({ catalog }) => catalog.findJoinRules(id)),
      findEvent: (id) => inEvent(id, ({ catalog }) => catalog.findEvent(id)),
    },
    policies: { find: (id) => inConcert(id, ({ policies }) => policies.find(id)) },
    layoutReads: { find: (of) => inEvent(of.eventId, ({ layoutReads }) => layoutReads.find(of)) },
    layoutTemplateReads: {
      list: (page) => inStaff(({ layoutTemplateReads }) => layoutTemplateReads.list(page)),
      find: (id) => inStaff(({ layoutTemplateReads }) => layoutTemplateReads.find(id)),
    },
    cancellationReads: {
      find: (id) => inEvent(id, ({ cancellationReads }) => cancellationReads.find(id)),
      async listUnfinished(limit) {
        const lists = await everywhere('sales', ({ cancellationReads }) =>
          cancellationReads.listUnfinished(limit),
        );
        return inTurn(lists).slice(0, limit);
      },
      listOpen: (query) =>
        inEvent(query.eventId, ({ cancellationReads }) => cancellationReads.listOpen(query)),
    },
  };
}
