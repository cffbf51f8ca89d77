import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';

const DUPLICATE_KEY = 1062;
const LOCK_WAIT_TIMEOUT = 1205;
const DEADLOCK = 1213;
const READ_ONLY = 1290;
const OUT_OF_RANGE = 1690;

/** Errors of a server that accepts no more writes, or leaves its group: another one takes over, or has done so. */
const LEAVING: ReadonlySet<number> = new Set([
  READ_ONLY,
  // read-only: the session, the server, its storage, the schema
  1792,
  1836,
  1874,
  3989,
  // offline, with its reason in newer versions; shutting down
  3032,
  6400,
  6401,
  1053,
  // Group Replication: the commit is refused or rolled back, the member changes its state or its role
  3100,
  3101,
  3782,
  3783,
  3796,
  3797,
  3798,
  3799,
  4094,
]);

/** Other errors of a server that cannot serve now, but may serve the same statement later. */
const NOT_NOW: ReadonlySet<number> = new Set([
  LOCK_WAIT_TIMEOUT,
  DEADLOCK,
  // no room: disk, table space, memory, threads, connections
  3,
  5,
  20,
  23,
  35,
  1021,
  1026,
  1030,
  1037,
  1038,
  1040,
  1041,
  1114,
  1135,
  1197,
  1203,
  1206,
  1226,
  1637,
  1705,
  1811,
  1878,
  3015,
  3019,
  3675,
  3985,
  // vtgate reaches no primary of a shard, or does not know whether a commit has happened
  1105,
  // the commit failed as a whole, or its outcome is unknown
  1180,
  1181,
  // a table is read-only
  1036,
  // a new primary does not accept statements yet, or no more connections
  3781,
  6141,
  // a proxy has lost its server: numbers of the client library
  2002,
  2003,
  2006,
  2013,
  2055,
  // going down, or interrupted
  1077,
  1079,
  1080,
  1317,
  1689,
  3024,
  3169,
  // the connection broke
  1152,
  1154,
  1155,
  1156,
  1157,
  1158,
  1159,
  1160,
  1161,
  1184,
  4031,
]);

/** Errors of the driver's pool, which carry no code. */
const POOL_NOT_NOW = /^(Queue limit reached|Pool is closed)\.$/;
const STATEMENT_TIMEOUT = 'STATEMENT_TIMEOUT';

/** `Unavailable('mysql')` when MySQL cannot serve now, else the error itself. */
export function mysqlFault(error: unknown): unknown {
  return isUnavailable(error) ? new Unavailable('mysql', { cause: error }) : error;
}

/** Whatever the error of a commit says, nobody knows whether the transaction has committed. */
export function commitFault(error: unknown): Unavailable {
  return error instanceof Unavailable ? error : new Unavailable('mysql', { cause: error });
}

/** The error of a statement that the server has not answered in time. */
export function statementTimeout(): Error {
  return Object.assign(new Error('MySQL has not answered in time'), { code: STATEMENT_TIMEOUT });
}

/** The error of a server that is read-only, although the statement alone could run. */
export function readOnlyServer(): Error {
  return Object.assign(new Error('the server is read-only'), { errno: READ_ONLY });
}

/** Whether a read has met a read-only server by its own condition, `ACCEPTS_WRITES`. No other statement uses `exp`. */
export function isFailedCheck(error: unknown): boolean {
  return (
    isDriverError(error) && error.errno === OUT_OF_RANGE && error.message.includes("out of range in 'exp(")
  );
}

export function isReadOnlyServer(error: unknown): boolean {
  return causeNumber(error) === READ_ONLY;
}

/**
 * Whether no connection as old as the one that met the error may serve again: its server leaves, or does not answer, or
 * the connection broke.
 */
export function endsConnections(error: unknown): boolean {
  if (!isDriverError(error)) return false;
  // An error is fatal when it ends the connection: refused, lost, timed out. A failed statement is not.
  const isLeaving = error.errno !== undefined && LEAVING.has(error.errno);
  return isLeaving || error.fatal === true || error.code === STATEMENT_TIMEOUT;
}

/** The server has rolled back the whole transaction, which may run again. */
export function isDeadlock(error: unknown): boolean {
  return causeNumber(error) === DEADLOCK;
}

/** The server has rolled back the one statement that waited for a row. The transaction continues. */
export function isLockWaitTimeout(error: unknown): boolean {
  return causeNumber(error) === LOCK_WAIT_TIMEOUT;
}

/** The unique key already has such a row. */
export function isDuplicate(error: unknown, key: string): boolean {
  if (!isDriverError(error) || error.errno !== DUPLICATE_KEY) return false;
  return [...error.message.matchAll(DUPLICATE_OF)].some(([, name]) => name === key);
}

/**
 * The name of the key ends the server's message. vtgate wraps that message: the number and the state follow the name, and
 * the statement follows them. Client input may be anywhere before and after, so it can imitate this. That input is
 * stored in a column of the key that it names, or it is in no key: it deceives nobody but its sender.
 */
const DUPLICATE_OF = /for key '(?:[^'.]*\.)?([^'.]*)'(?=$| \(errno 1062\) \(sqlstate 23000\))/g;

type DriverError = Error & { readonly errno?: number; readonly fatal?: boolean; readonly code?: string };

function isUnavailable(error: unknown): boolean {
  if (!isDriverError(error)) return false;
  if (error.errno !== undefined && NOT_NOW.has(error.errno)) return true;
  return endsConnections(error) || POOL_NOT_NOW.test(error.message);
}

function causeNumber(error: unknown): number | undefined {
  if (!(error instanceof Unavailable)) return undefined;
  return isDriverError(error.cause) ? error.cause.errno : undefined;
}

function isDriverError(error: unknown): error is DriverError {
  return error instanceof Error;
}
