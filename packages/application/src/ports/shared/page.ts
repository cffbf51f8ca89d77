/** Asks for at most `limit` items after the cursor, or from the start of the list. */
export type PageRequest = { readonly limit: number; readonly cursor: string | null };
/** `nextCursor` is null on the last page. Only the port that issued a cursor can read it. */
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };
