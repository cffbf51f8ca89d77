/** The column `slot` of the next rows: null where there are no shards. */
export type RowSlot = { readonly current: Buffer | null };

export const NO_SLOT: RowSlot = { current: null };
