import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { endsConnections, isDuplicate, mysqlFault } from '../../../src/mysql/connection/faults.ts';

/** The driver's table of error names, which its package does not export. */
const require = createRequire(import.meta.url);
const errors = require(join(dirname(require.resolve('mysql2')), 'lib/constants/errors.js')) as Record<
  string,
  unknown
>;

const errorOf = (errno: number) => Object.assign(new Error('from MySQL'), { errno });
const isUnavailable = (errno: number) => mysqlFault(errorOf(errno)) instanceof Unavailable;

/** Names of errors of a server that has no resources left, is read-only, stops, or has lost the connection. */
const NOT_NOW =
  /(DISK|LOG|CACHE|FILE|TABLE)_FULL|OUT_?OF_?(MEM|RES|SORT|FILE)|TOO_MANY_(USER_|CONCURRENT_TRX)|CON_COUNT|CREATE_THREAD|READ_?ONLY_(MODE|TRANS)|INNODB_READ_ONLY|SCHEMA_READ_ONLY|OPEN_AS_READONLY|OFFLINE_MODE|SHUTDOWN|FORCING_CLOSE|QUERY_(INTERRUPTED|TIMEOUT)|SESSION_WAS_KILLED|LOCK_(WAIT_TIMEOUT|DEADLOCK|ABORTED)|DURING_(COMMIT|ROLLBACK)|ON_WRITE|^EE_WRITE|WRITE_(ERROR|FAILURE)|GET_ERRNO|^ER_NET_|ABORTING_CONNECTION|CLIENT_INTERACTION_TIMEOUT|OPTION_PREVENTS/;
/** The pattern matches these as well, but no statement of this service causes them. */
const OTHERS =
  /^HA_|SLAVE|SOURCE|RELAY|BINLOG|EXCEPTIONS_WRITE|^ER_READ_ONLY_TRANSACTION$|LOCKING_SERVICE|USER_LOCK|AUDIT|WARN|NET_UNCOMPRESS|XA_|GR_|GRP|MULTIPLE|_NET_PACKET_TOO|VARIABLE|INDEX_FILE|NET_OK|TABLESPACE|TEMP_TABLE|LOG_TABLE|SYS_VAR/;

it('knows every error of the driver’s list for a server that cannot serve now', () => {
  const list = Object.entries(errors).flatMap(([name, errno]) =>
    typeof errno === 'number' && errno < 10_000 && NOT_NOW.test(name) && !OTHERS.test(name)
      ? [{ name, errno }]
      : [],
  );
  expect(list.length).toBeGreaterThan(40);
  expect(list.filter(({ errno }) => !isUnavailable(errno))).toEqual([]);
});

it('treats no error of a wrong statement as an outage', () => {
  for (const errno of [1048, 1054, 1062, 1064, 1146, 1264, 1364, 1406, 3819])
    expect(isUnavailable(errno)).toBe(false);
});

const duplicate = (message: string) => Object.assign(new Error(message), { errno: 1062 });
/** As vtgate 24 passes it on. */
const byVtgate = (message: string, statement = 'insert into layout_template(`name`) values (:v1)') =>
  `target: staff.0.primary: vttablet: rpc error: code = AlreadyExists desc = ${message} (errno 1062) (sqlstate 23000)` +
  ` (CallerID: fans): Sql: "${statement}", BindVars: {v1: "…"}`;

it.each([
  ['the server', (message: string) => message],
  ['vtgate', byVtgate],
])('reads the key of a duplicate from the message of %s', (_, send) => {
  const error = duplicate(send("Duplicate entry 'main' for key 'layout_template.layout_template_name'"));
  expect(isDuplicate(error, 'layout_template_name')).toBe(true);
  expect(isDuplicate(error, 'PRIMARY')).toBe(false);
  expect(isDuplicate(error, 'name')).toBe(false);
});

it('is not deceived by a value that imitates the end of the message', () => {
  const value = "x' for key 'layout_template.PRIMARY'";
  const error = duplicate(`Duplicate entry '${value}' for key 'layout_template.layout_template_name'`);
  expect(isDuplicate(error, 'PRIMARY')).toBe(false);
  expect(isDuplicate(error, 'layout_template_name')).toBe(true);
});

it('takes no other error with such a text for a duplicate', () => {
  const message = "Duplicate entry 'main' for key 'layout_template.layout_template_name'";
  expect(isDuplicate(Object.assign(new Error(message), { errno: 1105 }), 'layout_template_name')).toBe(false);
});

it('gives up every older connection when a server is read-only or leaves its group', () => {
  const leaving = [1053, 1290, 1792, 1836, 1874, 3032, 3100, 3101, 3796, 3797, 3798, 3799, 3989, 4094, 6400];
  expect(leaving.filter((errno) => !endsConnections(errorOf(errno)))).toEqual([]);
  expect(leaving.filter((errno) => !isUnavailable(errno))).toEqual([]);
  const others = [1040, 1062, 1205, 1213, 1317, 2006, 3024];
  expect(others.filter((errno) => endsConnections(errorOf(errno)))).toEqual([]);
});

it('is unavailable when a proxy reports that it has lost its server', () => {
  for (const errno of [2002, 2003, 2006, 2013]) expect(isUnavailable(errno)).toBe(true);
});
