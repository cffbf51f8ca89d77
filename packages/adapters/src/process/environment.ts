import { z } from 'zod';
import { type PortsConfig, SEAT_HOLD_STRATEGIES, SEAT_HOLD_STRATEGY_DEFAULT } from '../open-ports.ts';

/** The environment cannot be used. The message names every bad or missing variable, and no value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Reads `env` by `schema`, an object of strings by variable. An empty variable counts as absent. */
export function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(({ path, code, message }) => {
    const variable = String(path[0]);
    const isMissing = code === 'invalid_type' && given[variable] === undefined;
    return `  ${variable} ${isMissing ? 'is missing' : message}`;
  });
  throw new ConfigurationError(
    ['The environment is not usable:', ...new Set(complaints.toSorted())].join('\n'),
  );
}

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

/** What every process needs to reach MySQL and Redis. */
export const adapterVariables = {
  MYSQL_URL: z
    .string()
    .refine(
      (text) => isUrl(text, ['mysql:']) && (URL.parse(text)?.pathname.length ?? 0) > 1,
      'must be a URL that names a database, like mysql://user:password@host:3306/frontrow',
    ),
  MYSQL_POOL_SIZE: wholeNumber(1, 1_000).default(10),
  REDIS_URL: z
    .string()
    .refine((text) => isUrl(text, ['redis:', 'rediss:']), 'must be a URL like redis://host:6379'),
  REDIS_KEY_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be at most 64 letters, digits, ., - and _')
    .default('frontrow'),
  SEAT_HOLD_STRATEGY: oneOf(SEAT_HOLD_STRATEGIES).default(SEAT_HOLD_STRATEGY_DEFAULT),
  QUEUE_TOKEN_SECRETS: tokenSecrets,
};

type AdapterVariables = z.output<z.ZodObject<typeof adapterVariables>>;

export function realPortsConfig(variables: AdapterVariables): Extract<PortsConfig, { mode: 'real' }> {
  return {
    mode: 'real',
    mysqlUrl: variables.MYSQL_URL,
    mysqlPoolSize: variables.MYSQL_POOL_SIZE,
    redisUrl: variables.REDIS_URL,
    redisKeyPrefix: variables.REDIS_KEY_PREFIX,
    seatHoldStrategy: variables.SEAT_HOLD_STRATEGY,
    queueTokenSecrets: variables.QUEUE_TOKEN_SECRETS,
  };
}
