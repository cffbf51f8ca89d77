import type { Cache, CacheKey } from '@frontrow/application/ports/shared/cache.ts';
import type { MaybePromise } from '@frontrow/application/shared/maybe-promise.ts';
import type { Redis } from 'ioredis';
import type { SharedCache } from './cache.ts';

/** How old an answer may become that another process has invalidated, when the message is lost; else it goes at once. */
export const NEAR_TTL_MS = 1_000;
/** A full layer starts anew, so that a stream of unknown ids cannot fill the memory. */
const ENTRIES_MAX = 10_000;

type Kept = { answer: MaybePromise<unknown>; readonly until: number };

type NearCacheOptions = {
  readonly shared: SharedCache;
  readonly subscriber: Redis;
  /** Where `shared` names every group that is invalidated, in whatever process. */
  readonly channel: string;
  /** In ms, of any clock that does not go back. */
  readonly now?: () => number;
};

/** A layer in this process above the shared cache, so that what everybody asks for costs no round trip each time. */
export async function createNearCache(options: NearCacheOptions): Promise<Cache> {
  const { shared, subscriber, channel, now = () => performance.now() } = options;
  const groups = new Map<string, Map<string, Kept>>();
  let entries = 0;

  subscriber.on('message', (from, group) => {
    if (from !== channel) return;
    shared.forget(group);
    drop(group);
  });
  await subscriber.subscribe(channel);

  /** What is being loaded for the group is dropped too: it is still told to who asked, and to nobody else. */
  function drop(name: string): void {
    entries -= groups.get(name)?.size ?? 0;
    groups.delete(name);
  }

  function keep(name: string, entry: string, answer: Promise<unknown>, until: number): void {
    if (entries >= ENTRIES_MAX) {
      groups.clear();
      entries = 0;
    }
    const group = groups.get(name) ?? new Map<string, Kept>();
    if (!group.has(entry)) entries += 1;
    const kept: Kept = { answer, until };
    groups.set(name, group.set(entry, kept));
    answer.then(
      (value) => void (kept.answer = value),
      () => {
        if (groups.get(name) === group && group.get(entry) === kept && group.delete(entry)) entries -= 1;
      },
    );
  }

  return {
    fetch<T>(key: CacheKey, load: () => MaybePromise<T>): MaybePromise<T> {
      const known = groups.get(key.group)?.get(key.entry);
      if (known !== undefined && now() < known.until) return known.answer as MaybePromise<T>;
      const until = now() + NEAR_TTL_MS;
      const answer = shared.fetch(key, load);
      keep(key.group, key.entry, answer, until);
      return answer;
    },
    async invalidate(group) {
      try {
        await shared.invalidate(group);
      } finally {
        drop(group);
      }
    },
  };
}
