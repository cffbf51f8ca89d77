import type { Locator } from '../locator.ts';
import type { Session } from './session.ts';

/** A read that, where it finds nothing, repeats itself on the shard on which a search finds the row of the id. */
export type Searched = ReturnType<typeof createSearched>;

/** For ids that may name no slot. */
export function createSearched({ toId, toSale }: Session, locator: Locator) {
  return function searched<Args extends readonly unknown[], T>(
    idOf: (first: Args[0]) => string | undefined,
    table: 'reservation' | 'sale_code',
    read: (...args: Args) => Promise<T>,
  ) {
    return async (...args: Args): Promise<T> => {
      const id = idOf(args[0]) ?? '';
      await toId(id);
      const found = await read(...args);
      if (found !== null && !(Array.isArray(found) && found.length === 0)) return found;
      const slot = await locator.search(table, id);
      if (slot === null) return found;
      await toSale(slot);
      return read(...args);
    };
  };
}
