import type { Cache, CacheKey } from '@frontrow/application/ports/shared/cache.ts';
import type { MaybePromise } from '@frontrow/application/shared/maybe-promise.ts';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { SharedCache } from './shared-cache.ts';

/** How old an answer may become when the message that invalidates it is lost. */
export const NEAR_TTL_MS = 1_000;
const ENTRIES_MAX = 10_000;
/** As JSON; an answer that is still being loaded counts as one character. */
const CHARACTERS_MAX = 32 * 1024 * 1024;
const GROUPS_MAX = 10_000;

type GroupVersion = { isCurrent: boolean };

/** `answer` is a promise while it is being loaded. */
type Kept = { answer: MaybePromise<unknown>; readonly version: GroupVersion; readonly until: number };

type NearCacheOptions = {
  readonly shared: SharedCache;
  readonly subscriber: Redis;
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
    sizeCalculation: ({ answer }) =>
      answer instanceof Promise ? 1 : Math.max(1, JSON.stringify(answer).length),
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
  await subscriber.subscribe(channel);

  function versionOf(group: string): GroupVersion {
    const present = versions.get(group);
    if (present !== undefined) return present;
    const version = { isCurrent: true };
    versions.set(group, version);
    return version;
  }

  function keep(id: string, answer: Promise<unknown>, facts: Omit<Kept, 'answer'>): void {
    const kept: Kept = { ...facts, answer };
    answers.set(id, kept);
    answer.then(
      (value) => {
        kept.answer = value;
        // Set again, because its size is known now. One that has been replaced since stays replaced.
        if (answers.peek(id) === kept) answers.set(id, kept);
      },
      () => {
        if (answers.peek(id) === kept) answers.delete(id);
      },
    );
  }

  return {
    fetch<T>(key: CacheKey, load: () => MaybePromise<T>): MaybePromise<T> {
      const id = idOf(key);
      const known = answers.get(id);
      if (known?.version.isCurrent === true && now() < known.until) return known.answer as MaybePromise<T>;
      const facts = { version: versionOf(key.group), until: now() + NEAR_TTL_MS };
      const answer = shared.fetch(key, load);
      keep(id, answer, facts);
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
