import type { FastifyBaseLogger } from 'fastify';

/**
 * The logger of one request, whose lines have its id. The child logger that writes them is created with the first line,
 * because most requests write none.
 */
export function createRequestLogger(
  parent: FastifyBaseLogger,
  bindings: Record<string, unknown>,
): FastifyBaseLogger {
  return new RequestLogger(parent, bindings);
}

/** A class, so that creating one allocates no functions. */
class RequestLogger {
  readonly #parent: FastifyBaseLogger;
  readonly #bindings: Record<string, unknown>;
  #child: FastifyBaseLogger | null = null;

  constructor(parent: FastifyBaseLogger, bindings: Record<string, unknown>) {
    this.#parent = parent;
    this.#bindings = bindings;
  }

  get #log(): FastifyBaseLogger {
    return (this.#child ??= this.#parent.child(this.#bindings));
  }

  get level(): string {
    return this.#parent.level;
  }

  child(...args: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return this.#log.child(...args);
  }

  fatal(...args: unknown[]): void {
    this.#log.fatal(...(args as [string]));
  }

  error(...args: unknown[]): void {
    this.#log.error(...(args as [string]));
  }

  warn(...args: unknown[]): void {
    this.#log.warn(...(args as [string]));
  }

  info(...args: unknown[]): void {
    this.#log.info(...(args as [string]));
  }

  debug(...args: unknown[]): void {
    this.#log.debug(...(args as [string]));
  }

  trace(...args: unknown[]): void {
    this.#log.trace(...(args as [string]));
  }

  silent(): void {}
}
