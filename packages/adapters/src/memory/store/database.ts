import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import { createMutex } from './mutex.ts';
import { type Tables, createTables, draftTables } from './tables.ts';

/** The tables, as committed or as one transaction sees them, and the clock that decides whether a hold has lapsed. */
export type MemoryView = { readonly tables: Tables; readonly clock: Clock };

export type MemoryDatabase = MemoryView & {
  /** Runs one transaction at a time: commits an ok result, and discards all writes on a refusal or a throw. */
  transact<R extends Result<unknown, unknown>>(work: (view: MemoryView) => Promise<R>): Promise<R>;
};

export function createMemoryDatabase(clock: Clock): MemoryDatabase {
  const tables = createTables();
  const oneAtATime = createMutex();
  return {
    tables,
    clock,
    transact: (work) =>
      oneAtATime(async () => {
        const { drafts, commit } = draftTables(tables);
        const result = await work({ tables: drafts, clock });
        if (result.ok) commit();
        return result;
      }),
  };
}
