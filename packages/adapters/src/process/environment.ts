import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import type { MysqlTls } from '../open-ports.ts';
import { type PortsConfig, SEAT_HOLD_STRATEGIES, SEAT_HOLD_STRATEGY_DEFAULT } from '../open-ports.ts';

/** The environment cannot be used. The message names every bad or missing variable, and no value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Reads `env` by `schema`, an object of strings by variable. An empty variable counts as absent. A variable that holds a
 * secret may be given as the path of a file instead, in a variable of its name with `_FILE` behind it. A variable whose
 * name is nearly that of a known one is refused, because its value would silently be ignored.
 */
export function parseEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): z.output<Schema> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const known = Object.keys(schema.shape);
  const { variables, complaints } = readSecretFiles(set, known);
  complaints.push(...misspelt(Object.keys(set), known));
  const parsed = schema.safeParse(variables);
  if (parsed.success && complaints.length === 0) return parsed.data;
  const faults = (parsed.error?.issues ?? []).map(({ path, code, message }) => {
    const variable = String(path[0]);
    const isMissing = code === 'invalid_type' && variables[variable] === undefined;
    return `  ${variable} ${isMissing ? 'is missing' : message}`;
  });
  throw new ConfigurationError(
    ['The environment is not usable:', ...new Set([...complaints, ...faults].toSorted())].join('\n'),
  );
}

const SECRET_VARIABLES = ['MYSQL_URL', 'REDIS_URL', 'QUEUE_TOKEN_SECRETS', 'AUTH_JWT_SECRET'];

function readSecretFiles(set: Readonly<Record<string, string | undefined>>, known: readonly string[]) {
  const variables = { ...set };
  const complaints: string[] = [];
  for (const variable of SECRET_VARIABLES.filter((name) => known.includes(name))) {
    const file = set[`${variable}_FILE`];
    if (file === undefined) continue;
    if (set[variable] !== undefined)
      complaints.push(`  ${variable}_FILE must not be set together with ${variable}`);
    else variables[variable] = readTextFile(file, `${variable}_FILE`, complaints)?.replace(/\r?\n$/, '');
  }
  return { variables, complaints };
}

function readTextFile(path: string, variable: string, complaints: string[]): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    complaints.push(
      `  ${variable} names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`,
    );
    return undefined;
  }
}

/** Shorter names, such as HOST, are too near to others that mean something else. */
const MISSPELT_LENGTH_MIN = 7;
const MISSPELT_DISTANCE_MAX = 2;

function misspelt(set: readonly string[], known: readonly string[]): string[] {
  const files = SECRET_VARIABLES.map((name) => `${name}_FILE`);
  const names = [...known, ...files].filter((name) => name.length >= MISSPELT_LENGTH_MIN);
  const unknown = set.filter(
    (name) => !known.includes(name) && !files.includes(name) && !OTHER_APPS.includes(name),
  );
  return unknown.flatMap((name) => {
    const near = names.find((candidate) => distance(name, candidate) <= MISSPELT_DISTANCE_MAX);
    return near === undefined ? [] : [`  ${name} is not known; did you mean ${near}?`];
  });
}

/** Variables of one app that resemble those of another; both apps may share one environment. */
const OTHER_APPS = ['PORT', 'HOST', 'WORKER_PORT', 'WORKER_HOST'];

export function wholeNumber(min: number, max: number) {
  const isWithin = (text: string) => /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max;
  return z.string().refine(isWithin, `must be a whole number from ${min} to ${max}`).transform(Number);
}

const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, `must be one of ${names.join(', ')}`);

export const logVariables = {
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
};

const SECRET_LENGTH_MIN = 32;

/** `keyId:secret,keyId:secret`: the first signs, all verify. */
const tokenSecrets = z
  .string()
  .transform((list) =>
    list.split(',').map((entry) => {
      const separator = entry.indexOf(':');
      return {
        keyId: entry.slice(0, Math.max(0, separator)).trim(),
        secret: entry.slice(separator + 1).trim(),
      };
    }),
  )
  .refine((keys) => keys.every(({ keyId }) => /^[A-Za-z0-9_-]{1,32}$/.test(keyId)), {
    error: 'must be keyId:secret,keyId:secret with key ids of at most 32 letters, digits, - and _',
    abort: true,
  })
  .refine((keys) => keys.every(({ secret }) => secret.length >= SECRET_LENGTH_MIN), {
    error: `must have secrets of at least ${SECRET_LENGTH_MIN} characters, without a comma`,
    abort: true,
  })
  .refine(
    (keys) => new Set(keys.map(({ keyId }) => keyId)).size === keys.length,
    'must not name a key id twice',
  );

function isUrl(text: string, protocols: readonly string[]): boolean {
  const url = URL.parse(text);
  return url !== null && protocols.includes(url.protocol) && url.hostname !== '';
}

/** The drivers read parameters that they know and silently ignore the others, such as `ssl-mode`. */
function hasNoParameters(text: string): boolean {
  const url = URL.parse(text);
  return url === null || (url.search === '' && url.hash === '');
}

/** What every process needs to reach MySQL and Redis. */
export const serverVariables = {
  MYSQL_URL: z
    .string()
    .refine(
      (text) => isUrl(text, ['mysql:']) && (URL.parse(text)?.pathname.length ?? 0) > 1,
      'must be a URL that names a database, like mysql://user:password@host:3306/frontrow',
    )
    .refine(hasNoParameters, 'must have no parameters after a question mark; MYSQL_TLS turns TLS on'),
  MYSQL_TLS: oneOf(['off', 'on']).default('off'),
  MYSQL_TLS_CA_FILE: z.string().optional(),
  REDIS_URL: z
    .string()
    .refine((text) => isUrl(text, ['redis:', 'rediss:']), 'must be a URL like redis://host:6379')
    .refine(hasNoParameters, 'must have no parameters after a question mark; rediss:// turns TLS on'),
  REDIS_TLS_CA_FILE: z.string().optional(),
  REDIS_KEY_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be at most 64 letters, digits, ., - and _')
    .default('frontrow'),
};

/** What every process needs to serve. */
export const adapterVariables = {
  ...serverVariables,
  MYSQL_POOL_SIZE: wholeNumber(1, 1_000).default(10),
  SEAT_HOLD_STRATEGY: oneOf(SEAT_HOLD_STRATEGIES).default(SEAT_HOLD_STRATEGY_DEFAULT),
  QUEUE_TOKEN_SECRETS: tokenSecrets,
};

type AdapterVariables = z.output<z.ZodObject<typeof adapterVariables>>;

export function realPortsConfig(variables: AdapterVariables): Extract<PortsConfig, { mode: 'real' }> {
  return {
    mode: 'real',
    ...serversConfig(variables),
    mysqlPoolSize: variables.MYSQL_POOL_SIZE,
    seatHoldStrategy: variables.SEAT_HOLD_STRATEGY,
    queueTokenSecrets: variables.QUEUE_TOKEN_SECRETS,
  };
}

/** Where MySQL and Redis are. Throws `ConfigurationError`. */
export function serversConfig(variables: z.output<z.ZodObject<typeof serverVariables>>) {
  return {
    mysqlUrl: variables.MYSQL_URL,
    mysqlTls: mysqlTlsOf(variables),
    redisUrl: variables.REDIS_URL,
    redisTlsCa: caOf(variables.REDIS_TLS_CA_FILE, 'REDIS_TLS_CA_FILE'),
    redisKeyPrefix: variables.REDIS_KEY_PREFIX,
  };
}

/** Null for plain text. Throws `ConfigurationError`. */
export function mysqlTlsOf({
  MYSQL_URL,
  MYSQL_TLS,
  MYSQL_TLS_CA_FILE,
}: Pick<AdapterVariables, 'MYSQL_URL' | 'MYSQL_TLS' | 'MYSQL_TLS_CA_FILE'>): MysqlTls | null {
  const ca = caOf(MYSQL_TLS_CA_FILE, 'MYSQL_TLS_CA_FILE');
  if (MYSQL_TLS === 'on') {
    // A certificate is verified against a name; the driver has none to verify where the URL has an address.
    if (isIP(new URL(MYSQL_URL).hostname) !== 0)
      throw unusable('MYSQL_URL must name the server by its host name where MYSQL_TLS is on');
    return { ca };
  }
  if (ca !== null) throw unusable('MYSQL_TLS_CA_FILE needs MYSQL_TLS=on');
  return null;
}

/** The certificates in the file, in PEM; null for those that the system trusts. Throws `ConfigurationError`. */
function caOf(path: string | undefined, variable: string): string | null {
  if (path === undefined) return null;
  const complaints: string[] = [];
  const ca = readTextFile(path, variable, complaints);
  if (ca === undefined) throw unusable(complaints.join('\n').trim());
  if (!ca.includes('-----BEGIN CERTIFICATE-----'))
    throw unusable(`${variable} names a file without a certificate in PEM`);
  return ca;
}

function unusable(complaint: string): ConfigurationError {
  return new ConfigurationError(`The environment is not usable:\n  ${complaint}`);
}
