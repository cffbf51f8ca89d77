/** Limits that no policy may exceed. */
export const SEATS_PER_EVENT_DEFAULT = 50;
export const SEATS_PER_EVENT_MAX = 50_000;
export const SEATS_PER_RESERVATION_MAX = 50;
export const BATCH_SIZE_MAX = 100_000;
export const ACTIVE_MAX = 10_000_000;
export const EXTENSIONS_MAX = 100;
export const SELLABLE_FACTOR_MAX = 1_000;
export const DURATION_MIN_MS = 100;
export const DURATION_MAX_MS = 24 * 60 * 60 * 1000;
export const PAGE_DEFAULT = 20;
export const PAGE_MAX = 100;
/** The length of a user id (`sub`), in characters. */
export const USER_ID_LENGTH_MAX = 128;
/** How long the waiting room keeps the status of an ended queue token. */
export const ENDED_TOKEN_RETENTION_MS = 10 * 60 * 1000;
