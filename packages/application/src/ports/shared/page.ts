/** A slice of a list, in the list's own order. */
export type PageRequest = { readonly limit: number; readonly cursor: string | null };
/** `nextCursor` is null on the last page. A cursor means something to the port that gave it only. */
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };
