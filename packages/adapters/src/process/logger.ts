import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { type Logger, type LoggerOptions, pino } from 'pino';

/** The fields that are replaced by `[Redacted]`, at any depth up to `DEPTH_MAX`. */
const SECRETS = new Set([
  'authorization',
  'cookie',
  'queue-token',
  'idempotency-key',
  'token',
  'accessToken',
]);
const DEPTH_MAX = 3;

type LoggerParts = {
  /** Replaces the standard output in tests. */
  readonly destination?: { write(line: string): void };
  /** What each line has beside its own fields. */
  readonly fields?: (() => object) | undefined;
};

/** Writes JSON lines without secrets. */
export function createLogger(level: string, { destination, fields: mixin }: LoggerParts = {}): Logger {
  const options: LoggerOptions = {
    level,
    ...(mixin === undefined ? {} : { mixin }),
    base: null,
    timestamp: () => `,"time":"${formatInstant(Date.now())}"`,
    // pino's own `redact` costs 15 µs a line with paths that begin with a wildcard.
    formatters: { log: (fields) => censor(fields, DEPTH_MAX) },
    serializers: { err: describeError },
  };
  return pino(options, destination ?? standardOutput());
}

/** Collects the lines of one turn of the event loop and writes them at once: a write costs more than a line. */
function standardOutput() {
  const output = pino.destination({ sync: true });
  let lines: string[] = [];
  function flushSync(): void {
    if (lines.length > 0) output.write(lines.join(''));
    lines = [];
  }
  process.on('exit', flushSync);
  return {
    write(line: string): void {
      if (lines.push(line) === 1) setImmediate(flushSync);
    },
    flushSync,
  };
}

/** Returns the same object where nothing is secret, or else a copy. */
function censor(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  let censored = fields;
  for (const [name, value] of Object.entries(fields)) {
    const clean = SECRETS.has(name)
      ? '[Redacted]'
      : depth > 1 && isPlain(value)
        ? censor(value, depth - 1)
        : value;
    if (clean === value) continue;
    if (censored === fields) censored = { ...fields };
    censored[name] = clean;
  }
  return censored;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Error);
}

/** Keeps the members that are safe to log: a driver's error also carries the statement with its values. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message,
    ...('code' in error ? { code: error.code } : {}),
    stack,
    ...(error instanceof AggregateError ? { errors: error.errors.map(describeError) } : {}),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
