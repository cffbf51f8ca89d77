import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { describeError } from '@frontrow/adapters/process/logger.ts';
import { type Logger, type LoggerOptions, pino } from 'pino';

/** Never in a log, wherever they turn up. */
const SECRETS = new Set([
  'authorization',
  'cookie',
  'queue-token',
  'idempotency-key',
  'token',
  'accessToken',
]);
const DEPTH_MAX = 3;

/** JSON lines; `destination` stands in for the standard output in tests. */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: () => `,"time":"${formatInstant(Date.now())}"`,
    // pino's own `redact` costs 15 µs a line with paths that begin with a wildcard.
    formatters: { log: (fields) => censor(fields, DEPTH_MAX) },
    serializers: { err: describeError },
  };
  return pino(options, destination ?? standardOutput());
}

/** What one turn of the event loop has logged is written at its end, at once: a write costs more than a line. */
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

/** The same fields, or a copy without what is secret. */
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
