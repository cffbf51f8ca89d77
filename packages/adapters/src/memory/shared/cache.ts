import type { Cache } from '@frontrow/application/ports/shared/cache.ts';
import type { MaybePromise } from '@frontrow/application/shared/maybe-promise.ts';

/** A full cache starts anew, so that a stream of unknown ids cannot fill the memory. */
const ENTRIES_MAX = 10_000;

type Group = Map<string, Promise<unknown>>;

/** Keeps what is loaded, or being loaded, until its group is invalidated: in one process nothing else changes it. */
export function createMemoryCache(): Cache {
  const groups = new Map<string, Group>();
  let entries = 0;

  function openGroup(name: string): Group {
    if (entries >= ENTRIES_MAX) {
      groups.clear();
      entries = 0;
    }
    const group: Group = groups.get(name) ?? new Map();
    groups.set(name, group);
    return group;
  }

  function keep(name: string, entry: string, loading: Promise<unknown>): void {
    const group = openGroup(name);
    group.set(entry, loading);
    entries += 1;
    loading.catch(() => {
      // A failure is not an answer. In a group that was invalidated meanwhile, the entry may be another's.
      if (groups.get(name) === group && group.delete(entry)) entries -= 1;
    });
  }

  return {
    async fetch<T>(
      { group, entry }: { group: string; entry: string },
      load: () => MaybePromise<T>,
    ): Promise<T> {
      const known = groups.get(group)?.get(entry);
      if (known !== undefined) return known as Promise<T>;
      const loading = Promise.resolve().then(load);
      keep(group, entry, loading);
      return loading;
    },
    async invalidate(group) {
      entries -= groups.get(group)?.size ?? 0;
      groups.delete(group);
    },
  };
}
