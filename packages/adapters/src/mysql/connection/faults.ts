import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';

const DUPLICATE_KEY = 1062;
const LOCK_WAIT_TIMEOUT = 1205;
const DEADLOCK = 1213;

/** What the server says when it cannot serve now, and may serve the same statement a little later. */
const NOT_NOW: ReadonlySet<number> = new Set([
  LOCK_WAIT_TIMEOUT,
  DEADLOCK,
  1021, // disk full
  1040, // too many connections
  1041, // out of resources
  1053, // server shutdown in progress
  1135, // cannot create a thread
  1203, // too many connections of this user
  1226, // the user has exceeded a resource limit
  1290, // read-only, as during a failover
  1836, // the same
  1317, // the query was interrupted
  3024, // the same, because of its execution time
  3169, // the session was killed
  4031, // disconnected for inactivity
]);

/** Errors of the driver's own pool, which have nothing but their text. */
const POOL_NOT_NOW = /^(Queue limit reached|Pool is closed)\.$/;
const SILENCE = 'PROTOCOL_SEQUENCE_TIMEOUT';

/** `Unavailable('mysql')` for an error that says that MySQL cannot serve now, and the error itself for any other. */
export function mysqlFault(error: unknown): unknown {
  return isAway(error) ? new Unavailable('mysql', { cause: error }) : error;
}

/** The server has not answered a statement in time. */
export function isTimeout(error: unknown): boolean {
  return isDriverError(error) && error.code === SILENCE;
}

/** The server has rolled back the whole transaction, which may run again. */
export function isDeadlock(error: unknown): boolean {
  return causeNumber(error) === DEADLOCK;
}

/** The server has undone the one statement that waited for a row; the transaction goes on. */
export function isLockWaitTimeout(error: unknown): boolean {
  return causeNumber(error) === LOCK_WAIT_TIMEOUT;
}

/** The row is there already, by this unique key. */
export function isDuplicate(error: unknown, key: string): boolean {
  if (!isDriverError(error) || error.errno !== DUPLICATE_KEY) return false;
  return error.message.endsWith(`.${key}'`); // in the middle of the message stands what a client has sent
}

type DriverError = Error & { readonly errno?: number; readonly fatal?: boolean; readonly code?: string };

function isAway(error: unknown): boolean {
  if (!isDriverError(error)) return false;
  if (error.errno !== undefined && NOT_NOW.has(error.errno)) return true;
  // Fatal is what ends the connection: refused, lost, timed out. A statement that went wrong is not.
  return error.fatal === true || isTimeout(error) || POOL_NOT_NOW.test(error.message);
}

function causeNumber(error: unknown): number | undefined {
  if (!(error instanceof Unavailable)) return undefined;
  return isDriverError(error.cause) ? error.cause.errno : undefined;
}

function isDriverError(error: unknown): error is DriverError {
  return error instanceof Error;
}
