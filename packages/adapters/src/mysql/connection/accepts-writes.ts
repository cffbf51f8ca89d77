import { sql } from 'kysely';

/**
 * The condition of a read that checks its server itself: true where the server accepts writes, and an error where it does
 * not, because exp(1000) is out of range. It has no column, so MySQL evaluates it once while it plans the statement, also
 * where no row is found. `super_read_only` implies `read_only`.
 */
export const ACCEPTS_WRITES = 'exp(1000 * @@global.read_only)';

/** The same for a query of Kysely. */
export const acceptsWrites = sql.raw<boolean>(ACCEPTS_WRITES);
