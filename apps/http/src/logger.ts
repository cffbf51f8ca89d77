import { type Logger, type LoggerOptions, pino } from 'pino';

/** Never in a log, wherever they turn up. */
const SECRETS = ['authorization', 'cookie', 'queue-token', 'idempotency-key', 'token', 'accessToken'];

/** JSON lines; `destination` stands in for the standard output in tests. */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.headers["${name}"]`]),
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Only what is known to be safe: a driver's error also carries the statement with its values. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message,
    ...('code' in error ? { code: error.code } : {}),
    stack,
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
