/** Answers that may be a little old: concerts and dates only, never seats, holds, wallets or payments. */
export type Cache = {
  /**
   * The cached JSON value, or what `load` answers. Of concurrent callers in one process only one loads. A value that was
   * being loaded while the key was invalidated is not kept. A cache that is away is passed by.
   */
  fetch<T>(key: CacheKey, load: () => Promise<T>): Promise<T>;
  /** Drops every entry of the group. */
  invalidate(group: string): Promise<void>;
};

export type CacheKey = { readonly group: string; readonly entry: string };
