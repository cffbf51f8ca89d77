import type { Page, PageRequest } from '../ports/shared/page.ts';

/** Rows of one read: enough that the reads of an export cost little, and few enough for any memory. */
const BATCH = 1_000;

/** Reads a list to its end, a batch at a time, and the next one when it is asked for. */
export async function* readAllPages<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await list({ limit: BATCH, cursor });
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
