import { MONEY_MAX, type Money } from './money.ts';

/** Limits that no policy may exceed. */
export const SEATS_PER_EVENT_DEFAULT = 50;
export const SEATS_PER_EVENT_MAX = 50_000;
export const SEATS_PER_RESERVATION_MAX = 50;
/** No total of one reservation exceeds `MONEY_MAX`. */
export const SEAT_PRICE_MAX: Money = MONEY_MAX / SEATS_PER_RESERVATION_MAX;
/** How many seats one request of staff names by their numbers; a range or a section has any number. */
export const NAMED_SEATS_MAX = 1_000;
export const SEATS_PER_USER_MAX = 10_000;
export const UNPAID_HOLDS_MAX = 1_000;
/** How many sale codes one request creates. */
export const SALE_CODES_PER_REQUEST_MAX = 1_000;
/** How many users one sale code lets in. */
export const SALE_CODE_USES_MAX = 1_000_000;
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
/**
 * How long a ticket without a session can restore its place after a loss of Redis. No session is longer than this, so the
 * end of a place need not be remembered for longer either.
 */
export const TICKET_TTL_MS = DURATION_MAX_MS;
/** The length of the name of a gate, in characters. */
export const GATE_LENGTH_MAX = 64;
