import { isIP } from 'node:net';
import { z } from 'zod';
import {
  type MysqlTls,
  type PortsConfig,
  SEAT_HOLD_STRATEGIES,
  SEAT_HOLD_STRATEGY_DEFAULT,
  isSharded,
  parseRedisUrl,
} from '../open-ports.ts';
import { tracingVariables } from './tracing/tracing.ts';
import { oneOf, readTextFile, unusableEnvironment, wholeNumber } from './environment.ts';

export const logVariables = {
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
};

const SECRET_LENGTH_MIN = 32;

/** `keyId:secret,keyId:secret`: the first signs or encrypts, all verify or decrypt. */
const keyedSecrets = z
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

/** A percent sign that is not encoded stops the driver without naming the variable. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const databaseUrl = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => isUrl(text, protocols) && (URL.parse(text)?.pathname.length ?? 0) > 1,
      'must be a URL that names a database, like mysql://user:password@host:3306/frontrow',
    )
    .refine(hasNoParameters, 'must have no parameters after a question mark; MYSQL_TLS turns TLS on')
    .refine(isDecodable, 'must have a percent sign in the password as %25');

/** The variables of a program that changes one MySQL, also one behind Vitess. */
export const mysqlVariables = {
  MYSQL_URL: databaseUrl('mysql:'),
  MYSQL_TLS: oneOf(['off', 'on']).default('off'),
  MYSQL_TLS_CA_FILE: z.string().optional(),
};

/** The variables of a process that connects to MySQL and Redis. */
export const serverVariables = {
  ...mysqlVariables,
  MYSQL_URL: databaseUrl('mysql:', 'vitess:'),
  REDIS_URL: z.string().superRefine((text, context) => {
    try {
      parseRedisUrl(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  }),
  REDIS_TLS_CA_FILE: z.string().optional(),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
  REDIS_KEY_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be at most 64 letters, digits, ., - and _')
    .default('frontrow'),
};

export const webhookVariables = {
  WEBHOOK_ALLOW_PRIVATE: oneOf(['true', 'false']).default('false'),
};

/** The variables of a process that opens all ports. */
export const adapterVariables = {
  ...serverVariables,
  MYSQL_READ_URL: databaseUrl('mysql:').optional(),
  ...tracingVariables,
  MYSQL_POOL_SIZE: wholeNumber(1, 1_000).default(10),
  SEAT_HOLD_STRATEGY: oneOf(SEAT_HOLD_STRATEGIES).default(SEAT_HOLD_STRATEGY_DEFAULT),
  ...webhookVariables,
  QUEUE_TOKEN_SECRETS: keyedSecrets,
  WEBHOOK_SECRET_KEYS: keyedSecrets.optional(),
  ENTRY_TICKET_SECRETS: keyedSecrets,
};

type AdapterVariables = z.output<z.ZodObject<typeof adapterVariables>>;

export function realPortsConfig(variables: AdapterVariables): Extract<PortsConfig, { mode: 'real' }> {
  return {
    mode: 'real',
    ...serversConfig(variables),
    mysqlReadUrl: readUrlOf(variables),
    mysqlPoolSize: variables.MYSQL_POOL_SIZE,
    seatHoldStrategy: variables.SEAT_HOLD_STRATEGY,
    queueTokenSecrets: variables.QUEUE_TOKEN_SECRETS,
    webhooksAllowPrivate: variables.WEBHOOK_ALLOW_PRIVATE === 'true',
    webhookSecretKeys: variables.WEBHOOK_SECRET_KEYS ?? [],
    entryTicketSecrets: variables.ENTRY_TICKET_SECRETS,
  };
}

/** Null for none. Throws `ConfigurationError`. */
function readUrlOf({ MYSQL_URL, MYSQL_READ_URL, MYSQL_TLS }: AdapterVariables): string | null {
  if (MYSQL_READ_URL === undefined) return null;
  // A replica of one shard has the concerts of that shard alone.
  if (isSharded(MYSQL_URL))
    throw unusableEnvironment(['MYSQL_READ_URL must be absent where MYSQL_URL leads to shards']);
  if (MYSQL_TLS === 'on') requireHostName(MYSQL_READ_URL, 'MYSQL_READ_URL');
  return MYSQL_READ_URL;
}

/** The addresses of MySQL and Redis, with their TLS. Throws `ConfigurationError`. */
export function serversConfig(variables: z.output<z.ZodObject<typeof serverVariables>>) {
  return {
    mysqlUrl: variables.MYSQL_URL,
    mysqlTls: mysqlTlsOf(variables),
    redisUrl: variables.REDIS_URL,
    redisTlsCa: caOf(variables.REDIS_TLS_CA_FILE, 'REDIS_TLS_CA_FILE'),
    redisSentinelPassword: variables.REDIS_SENTINEL_PASSWORD ?? null,
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
    requireHostName(MYSQL_URL, 'MYSQL_URL');
    return { ca };
  }
  if (ca !== null) throw unusableEnvironment(['MYSQL_TLS_CA_FILE needs MYSQL_TLS=on']);
  return null;
}

/** The driver verifies the certificate against the host name of the URL. */
function requireHostName(url: string, variable: string): void {
  if (isIP(new URL(url).hostname) !== 0)
    throw unusableEnvironment([`${variable} must name the server by its host name where MYSQL_TLS is on`]);
}

/** The certificates in the file, in PEM; null for those that the system trusts. Throws `ConfigurationError`. */
function caOf(path: string | undefined, variable: string): string | null {
  if (path === undefined) return null;
  const complaints: string[] = [];
  const ca = readTextFile(path, variable, complaints);
  if (ca === undefined) throw unusableEnvironment(complaints);
  if (!ca.includes('-----BEGIN CERTIFICATE-----'))
    throw unusableEnvironment([`${variable} names a file without a certificate in PEM`]);
  return ca;
}
