/** Unique, and later ids sort after earlier ones of the same process. */
export type IdGenerator = { next(): string };
