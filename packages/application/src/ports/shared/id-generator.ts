/** Returns unique ids, each of which sorts after the earlier ones of its process. */
export type IdGenerator = { next(): string };
