import { type Logger, pino } from 'pino';

/** JSON lines on the standard output. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
  });
}

/** Only what is known to be safe: a driver's error also carries the statement with its values. */
export function describeError(error: unknown): unknown {
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
