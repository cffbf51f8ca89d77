import { afterAll, beforeAll } from 'vitest';
import {
  type MemorySite,
  type MemorySiteOptions,
  startMemorySite,
} from '../../support/browser/memory-site.ts';

/** Starts one site in memory for the tests of a file or of a `describe`. */
export function useMemorySite(options: MemorySiteOptions = {}): () => MemorySite {
  let site: MemorySite | undefined;
  beforeAll(async () => {
    site = await startMemorySite(options);
  });
  afterAll(() => site?.close());
  return () => {
    if (site === undefined) throw new Error('the site is available only while a test runs');
    return site;
  };
}
