import { describeError } from '@frontrow/worker/logger.ts';
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
