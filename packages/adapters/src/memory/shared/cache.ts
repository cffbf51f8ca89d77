import type { Cache, CacheKey } from '@frontrow/application/ports/shared/cache.ts';
import { LRUCache } from 'lru-cache';

const ENTRIES_MAX = 10_000;
const GROUPS_MAX = 10_000;

type GroupVersion = { isCurrent: boolean };
type Kept = { readonly answer: Promise<unknown>; readonly version: GroupVersion };

/** Keeps each answer, and each that is being loaded, until its group is invalidated. */
export function createMemoryCache(): Cache {
  const answers = new LRUCache<string, Kept>({ max: ENTRIES_MAX });
  const versions = new LRUCache<string, GroupVersion>({
    max: GROUPS_MAX,
    dispose: (version) => void (version.isCurrent = false),
  });

  function versionOf(group: string): GroupVersion {
    const present = versions.get(group);
    if (present !== undefined) return present;
    const version = { isCurrent: true };
    versions.set(group, version);
    return version;
  }

  return {
    async fetch<T>(key: CacheKey, load: () => Promise<T>): Promise<T> {
      const id = idOf(key);
      const known = answers.get(id);
      if (known?.version.isCurrent === true) return known.answer as Promise<T>;
      const answer = Promise.resolve().then(load);
      const kept: Kept = { answer, version: versionOf(key.group) };
      answers.set(id, kept);
      answer.catch(() => {
        // A later load may have replaced this one.
        if (answers.peek(id) === kept) answers.delete(id);
      });
      return answer;
    },
    async invalidate(group) {
      versions.delete(group);
    },
  };
}

/** No two keys share an id, because it begins with the length of the group. */
function idOf({ group, entry }: CacheKey): string {
  return `${group.length}:${group}${entry}`;
}
