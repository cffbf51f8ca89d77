import type { SellOutReads, SellOuts } from '@frontrow/application/ports/waiting-room/sell-outs.ts';
import type { MemoryView } from '../store/database.ts';
import { createMemoryInventoryReads } from './inventory.ts';

export function createMemorySellOuts(view: MemoryView): SellOuts {
  const { sellOuts } = view.tables;
  return {
    async lock(concertId) {
      const { dates } = await createMemoryInventoryReads(view).count(concertId);
      return { soldOutAt: sellOuts.get(concertId) ?? null, dates, asOf: view.clock.now() };
    },
    async save(concertId, soldOutAt) {
      if (soldOutAt === null) sellOuts.remove(concertId);
      else sellOuts.put(concertId, soldOutAt);
    },
  };
}

export function createMemorySellOutReads({ tables }: Pick<MemoryView, 'tables'>): SellOutReads {
  return { find: async (concertId) => tables.sellOuts.get(concertId) ?? null };
}
