import { ok, refuse } from '@frontrow/domain/shared/result.ts';
import { afterAll, beforeAll, vi } from 'vitest';
import type { MaybePromise } from '../../src/shared/maybe-promise.ts';
import type { Page, PageRequest } from '../../src/ports/shared/page.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type { UnitOfWork } from '../../src/ports/shared/unit-of-work.ts';

/** Opens the named ports of one adapter for the duration of a suite. */
export type OpenPorts<Name extends keyof Ports> = () => Promise<{
  readonly ports: Pick<Ports, Name>;
  close(): Promise<void>;
}>;

/** Opens the ports before the enclosing suite and closes them after it. */
export function usePorts<Name extends keyof Ports>(open: OpenPorts<Name>): () => Pick<Ports, Name> {
  let opened: Awaited<ReturnType<OpenPorts<Name>>> | null = null;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  return () => {
    if (opened === null) throw new Error('the ports are open while a test runs, not before');
    return opened.ports;
  };
}

/** Long enough for a machine that is many times slower than usual. */
const WITHIN_MS = 60_000;

/** Repeats `attempt` until it does not throw, and returns its value; throws its last error after `withinMs`. */
export function eventually<T>(attempt: () => T | Promise<T>, withinMs = WITHIN_MS): Promise<T> {
  return vi.waitFor(attempt, { timeout: withinMs, interval: 20 });
}

/** Runs work that is never refused, in one transaction, and returns its value. */
export async function write<T>(
  { transact }: Pick<Ports, 'transact'>,
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  const { value } = await transact(async (unit) => ok(await work(unit)), 'STAFF');
  return value;
}

/** The result of a transaction that a test rolls back. */
export const REFUSED = refuse({ code: 'NOT_FOUND', what: 'concert' } as const);

/** Reads every item of a list, a page at a time. */
export async function listAll<T>(
  list: (page: PageRequest) => MaybePromise<Page<T>>,
  limit: number,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const page = await list({ limit, cursor });
    if (page.items.length > limit) throw new Error(`a page of ${limit} has ${page.items.length} items`);
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}
