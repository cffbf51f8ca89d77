import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import { createMutex } from './mutex.ts';
import { type Tables, createTables, draftTables } from './tables.ts';

/** The tables, committed or as one transaction sees them, and the clock that decides whether a hold has expired. */
export type MemoryView = { readonly tables: Tables; readonly clock: Clock };

export type MemoryDatabase = MemoryView & {
  /** One transaction at a time: commits when `work` answers ok, forgets all that it wrote on a refusal or a throw. */
  transact<R extends Result<unknown, unknown>>(work: (view: MemoryView) => Promise<R>): Promise<R>;
};

export function createMemoryDatabase(clock: Clock): MemoryDatabase {
  const tables = createTables();
  const inTurn = createMutex();
  return {
    tables,
    clock,
    transact: (work) =>
      inTurn(async () => {
        const { drafts, commit } = draftTables(tables);
        const result = await work({ tables: drafts, clock });
        if (result.ok) commit();
        return result;
      }),
  };
}
