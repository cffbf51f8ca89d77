import type { Cache, CacheKey } from '@frontrow/application/ports/shared/cache.ts';
import { LRUCache } from 'lru-cache';
import { type RedisClient, subscribe } from '../connection/connection.ts';
import type { SharedCache } from './shared-cache.ts';

/** How old an answer may become when the message that invalidates it is lost. */
export const NEAR_TTL_MS = 1_000;
const ENTRIES_MAX = 10_000;
/** The answers as JSON; one that is being loaded counts as one character. */
const CHARACTERS_MAX = 32 * 1024 * 1024;
const GROUPS_MAX = 10_000;

type GroupVersion = { isCurrent: boolean };

type Kept = { readonly answer: Promise<unknown>; readonly version: GroupVersion; readonly until: number };

type NearCacheOptions = {
  readonly shared: SharedCache;
  readonly subscriber: RedisClient;
  /** Where `shared` publishes the name of every group that any process invalidates. */
  readonly channel: string;
  /** A monotonic clock in ms. */
  readonly now?: () => number;
};

/**
 * Keeps answers in this process, so that repeated reads need no round trip to the shared cache. An invalidation gives
 * the group a new version: answers of the old one, and those still being loaded under it, reach no later request.
 */
export async function createNearCache(options: NearCacheOptions): Promise<Cache> {
  const { shared, subscriber, channel, now = () => performance.now() } = options;
  const answers = new LRUCache<string, Kept>({
    max: ENTRIES_MAX,
    maxSize: CHARACTERS_MAX,
  });
  const versions = new LRUCache<string, GroupVersion>({
    max: GROUPS_MAX,
    dispose: (version) => void (version.isCurrent = false),
  });

  subscriber.on('message', (from, group) => {
    if (from !== channel) return;
    shared.forget(group);
    versions.delete(group);
  });
  await subscribe(subscriber, channel);

  function versionOf(group: string): GroupVersion {
    const present = versions.get(group);
    if (present !== undefined) return present;
    const version = { isCurrent: true };
    versions.set(group, version);
    return version;
  }

  async function keep(id: string, kept: Kept): Promise<void> {
    answers.set(id, kept, { size: 1 });
    const value = await kept.answer.catch(() => undefined);
    // A later load may have replaced this one.
    if (answers.peek(id) !== kept) return;
    if (value === undefined) answers.delete(id);
    else answers.set(id, kept, { size: JSON.stringify(value).length });
  }

  return {
    fetch<T>(key: CacheKey, load: () => Promise<T>): Promise<T> {
      const id = idOf(key);
      const known = answers.get(id);
      if (known?.version.isCurrent === true && now() < known.until) return known.answer as Promise<T>;
      const until = now() + NEAR_TTL_MS;
      const version = versionOf(key.group);
      const answer = shared.fetch(key, load);
      void keep(id, { answer, version, until });
      return answer;
    },
    async invalidate(group) {
      try {
        await shared.invalidate(group);
      } finally {
        versions.delete(group);
      }
    },
  };
}

/** No two keys share an id, because it begins with the length of the group. */
function idOf({ group, entry }: CacheKey): string {
  return `${group.length}:${group}${entry}`;
}
