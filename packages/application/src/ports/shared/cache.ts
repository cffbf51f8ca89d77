/** Caches concerts and events, which may be a little old. Never seats, holds, wallets or payments. */
export type Cache = {
  /**
   * Returns the cached JSON value, or loads and keeps it. Concurrent callers in one process share one load. A value whose
   * group is invalidated while it loads is not kept. While the cache is unavailable, every caller loads.
   */
  fetch<T>(key: CacheKey, load: () => Promise<T>): Promise<T>;
  /** Drops every entry of the group. */
  invalidate(group: string): Promise<void>;
};

export type CacheKey = { readonly group: string; readonly entry: string };
