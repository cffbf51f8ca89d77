import { afterAll, beforeAll } from 'vitest';
import {
  type MemorySite,
  type MemorySiteOptions,
  startMemorySite,
} from '../../support/browser/memory-site.ts';
import type { Site } from '../../support/browser/site.ts';
import type { Installation } from '../../support/start-installation.ts';
import { useInstallation } from '../../support/use-installation.ts';

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

/** A site on MySQL and Redis of its own, which a test may empty, kill and restart. */
type RealSite = Site & Installation;

/**
 * Starts one site on real MySQL and Redis, with one HTTP process and one worker, for the tests of a file or of a `describe`.
 * After each test the invariants of seats, money and waiting rooms must hold.
 */
export function useRealSite(): () => RealSite {
  const installation = useInstallation({
    workers: 1,
    http: 1,
    privateMysql: true,
    privateRedis: true,
    env: { AUTH_MODE: 'dev', WEB: 'on' },
  });
  return () => {
    const [http] = installation().http;
    if (http === undefined) throw new Error('no HTTP process runs');
    return { ...installation(), url: http.url };
  };
}
