import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  adapterVariables,
  logVariables,
  realPortsConfig,
  webhookVariables,
} from '@frontrow/adapters/process/adapter-variables.ts';
import { oneOf, parseEnvironment, wholeNumber } from '@frontrow/adapters/process/environment.ts';
import { tracingConfigOf } from '@frontrow/adapters/process/tracing/tracing.ts';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { WEB_RULES, type WebConfig, webConfigOf, webVariables } from './web/web-variables.ts';

/** How access tokens are verified. A secret is for HS256 and has at least 32 bytes. */
export type AuthConfig = (
  | { readonly kind: 'jwks'; readonly url: string }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'dev'; readonly secret: string }
) & {
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  /** How long an access token may be valid in all, in seconds. */
  readonly lifetimeMaxS: number;
};

/** Who may charge wallets: every user their own one, or only tokens with the scope `wallet:charge` any. */
export type WalletCharges = 'open' | 'scoped';

export type HttpConfig = {
  readonly host: string;
  /** 0 for a free port. */
  readonly port: number;
  /** The port of probes and metrics, 0 for a free port; null where they are on `port`. */
  readonly operationsPort: number | null;
  readonly auth: AuthConfig;
  /** The origins that may call from a browser; `*` for any, empty for none. */
  readonly corsOrigins: readonly string[];
  readonly logLevel: z.output<typeof logVariables.LOG_LEVEL>;
  /** How long the process serves after readiness has failed, so that a load balancer notices. */
  readonly shutdownDelayMs: number;
  /** How long requests in flight may take before the process exits. */
  readonly shutdownGraceMs: number;
  /** How many requests one process serves at the same time; further ones are refused at once. */
  readonly requestsInFlightMax: number;
  /** How many event streams one process keeps open at most. */
  readonly queueStreamsMax: number;
  /** Whether polls that come far too early are refused. */
  readonly limitsPolls: boolean;
  /** Whether requests and streams are limited by user and address. */
  readonly limitsClients: boolean;
  /** The peers whose `X-Forwarded-For` is believed: addresses, networks, or names of networks. */
  readonly trustedProxies: readonly string[];
  /** For how long browsers that have used HTTPS use nothing else, in seconds; 0 says nothing about it. */
  readonly hstsMaxAgeS: number;
  readonly walletCharges: WalletCharges;
  /** Null where the fan page and the console are left out. */
  readonly web: WebConfig | null;
};

export type EmbeddedConfig = HttpConfig & {
  /** Whether webhooks may use http and addresses that are not public. */
  readonly webhooksAllowPrivate: boolean;
};

const origin = z
  .string()
  .refine(
    (text) => text === '*' || URL.parse(text)?.origin === text,
    'must be origins like https://example.org',
  );

const PROXY_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

const trustedProxy = z
  .string()
  .refine(
    (text) => PROXY_NETWORKS.includes(text) || isIP(text) !== 0 || ipaddr.isValidCIDR(text),
    `must be addresses, networks like 10.0.0.0/8, or ${PROXY_NETWORKS.join(', ')}`,
  );

/** Entries that are separated by commas; an empty list without the variable. */
function listOf(entry: z.ZodType<string, string>) {
  return z
    .string()
    .transform((list) => list.split(',').map((item) => item.trim()))
    .pipe(z.array(entry))
    .default([]);
}

const httpVariables = {
  ...logVariables,
  NODE_ENV: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  OPERATIONS_PORT: wholeNumber(0, 65_535).optional(),
  AUTH_MODE: z.literal('dev', 'must be dev or absent').optional(),
  AUTH_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  AUTH_JWT_SECRET: z
    .string()
    .refine((secret) => Buffer.byteLength(secret) >= 32, 'must have at least 32 bytes')
    .optional(),
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  AUTH_TOKEN_LIFETIME_MAX_S: wholeNumber(1, 31_536_000).default(86_400),
  CORS_ORIGINS: listOf(origin),
  SHUTDOWN_DELAY_MS: wholeNumber(0, 300_000).default(0),
  SHUTDOWN_GRACE_MS: wholeNumber(100, 300_000).default(10_000),
  REQUESTS_IN_FLIGHT_MAX: wholeNumber(1, 1_000_000).default(5_000),
  QUEUE_STREAMS_MAX: wholeNumber(0, 1_000_000).default(20_000),
  RATE_LIMITS: oneOf(['on', 'off']).default('on'),
  TRUST_PROXY: listOf(trustedProxy),
  HSTS_MAX_AGE_S: wholeNumber(0, 63_072_000).default(0),
  QUEUE_POLL_LIMIT: oneOf(['on', 'off']).default('on'),
  WALLET_CHARGES: oneOf(['open', 'scoped']).optional(),
  ...webVariables,
};

type HttpVariables = z.output<z.ZodObject<typeof httpVariables>>;

/** Rules between the AUTH variables: the variable to report, the complaint, and whether the rule is broken. */
const AUTH_RULES: readonly [keyof HttpVariables, string, (v: Partial<HttpVariables>) => boolean][] = [
  [
    'AUTH_MODE',
    'must not be dev when NODE_ENV=production',
    (v) => v.AUTH_MODE === 'dev' && v.NODE_ENV === 'production',
  ],
  [
    'AUTH_JWKS_URL',
    'must not be set together with AUTH_MODE=dev or AUTH_JWT_SECRET',
    (v) => Boolean(v.AUTH_JWKS_URL && (v.AUTH_MODE ?? v.AUTH_JWT_SECRET)),
  ],
  [
    'AUTH_JWKS_URL',
    'is needed, or AUTH_JWT_SECRET, or for development AUTH_MODE=dev',
    (v) => !(v.AUTH_JWKS_URL ?? v.AUTH_JWT_SECRET ?? v.AUTH_MODE),
  ],
];

/** What a production process must not leave to chance: tokens of another service, and keys fetched in plain text. */
const PRODUCTION_RULES: typeof AUTH_RULES = [
  ['AUTH_ISSUER', 'is needed when NODE_ENV=production', (v) => isProduction(v) && !v.AUTH_ISSUER],
  ['AUTH_AUDIENCE', 'is needed when NODE_ENV=production', (v) => isProduction(v) && !v.AUTH_AUDIENCE],
  [
    'AUTH_JWKS_URL',
    'must begin with https:// when NODE_ENV=production',
    (v) => isProduction(v) && v.AUTH_JWKS_URL?.startsWith('http:') === true,
  ],
];

function isProduction({ NODE_ENV }: Partial<HttpVariables>): boolean {
  return NODE_ENV === 'production';
}

function withRules<Shape extends typeof httpVariables>(shape: Shape) {
  return [...AUTH_RULES, ...PRODUCTION_RULES, ...WEB_RULES].reduce(
    (schema, [variable, error, isBroken]) =>
      // `when`: also where other variables are invalid, so that one start reports all of them.
      schema.refine((values) => !isBroken(values as Partial<HttpVariables>), {
        path: [variable],
        error,
        when: () => true,
      }),
    z.object(shape),
  );
}

const serverSchema = withRules({ ...httpVariables, ...adapterVariables });
const embeddedSchema = withRules({ ...httpVariables, ...webhookVariables }).refine(
  ({ NODE_ENV }) => NODE_ENV !== 'production',
  {
    path: ['NODE_ENV'],
    error: 'must not be production: memory mode has one process and loses its data at exit',
    when: () => true,
  },
);

/** Reads the configuration of the HTTP process on MySQL and Redis. Throws `ConfigurationError`. */
export function readServerConfig(env: NodeJS.ProcessEnv) {
  const variables = parseEnvironment(serverSchema, env);
  return {
    http: httpConfigOf(variables, { memory: false }),
    ports: realPortsConfig(variables),
    tracing: tracingConfigOf(variables),
  };
}

/** Reads the configuration of the process that runs everything in memory. Throws `ConfigurationError`. */
export function readEmbeddedConfig(env: NodeJS.ProcessEnv): EmbeddedConfig {
  const authMode = env['AUTH_MODE'] || (env['AUTH_JWKS_URL'] ? undefined : 'dev');
  const variables = parseEnvironment(embeddedSchema, { ...env, AUTH_MODE: authMode });
  return {
    ...httpConfigOf(variables, { memory: true }),
    webhooksAllowPrivate: variables.WEBHOOK_ALLOW_PRIVATE === 'true',
  };
}

function httpConfigOf(variables: HttpVariables, mode: Pick<WebConfig, 'memory'>): HttpConfig {
  return {
    host: variables.HOST,
    port: variables.PORT,
    operationsPort: variables.OPERATIONS_PORT ?? null,
    auth: authConfigOf(variables),
    corsOrigins: variables.CORS_ORIGINS,
    logLevel: variables.LOG_LEVEL,
    shutdownDelayMs: variables.SHUTDOWN_DELAY_MS,
    shutdownGraceMs: variables.SHUTDOWN_GRACE_MS,
    requestsInFlightMax: variables.REQUESTS_IN_FLIGHT_MAX,
    queueStreamsMax: variables.QUEUE_STREAMS_MAX,
    limitsPolls: variables.QUEUE_POLL_LIMIT === 'on',
    limitsClients: variables.RATE_LIMITS === 'on',
    trustedProxies: variables.TRUST_PROXY,
    hstsMaxAgeS: variables.HSTS_MAX_AGE_S,
    walletCharges: variables.WALLET_CHARGES ?? (isProduction(variables) ? 'scoped' : 'open'),
    web: webConfigOf(variables, mode),
  };
}

function authConfigOf(variables: HttpVariables): AuthConfig {
  const { AUTH_MODE, AUTH_JWKS_URL, AUTH_JWT_SECRET } = variables;
  const claims = {
    issuer: variables.AUTH_ISSUER,
    audience: variables.AUTH_AUDIENCE,
    lifetimeMaxS: variables.AUTH_TOKEN_LIFETIME_MAX_S,
  };
  if (AUTH_JWKS_URL !== undefined) return { kind: 'jwks', url: AUTH_JWKS_URL, ...claims };
  const secret = AUTH_JWT_SECRET ?? randomBytes(32).toString('base64url');
  return { kind: AUTH_MODE === 'dev' ? 'dev' : 'secret', secret, ...claims };
}
