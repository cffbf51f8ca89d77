import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import { requestIdOf } from './request-id.ts';

/**
 * The logger of one request, whose lines have its id. The child logger that writes them is created with the first line,
 * because most requests write none. A class, so that creating one allocates no functions.
 */
export class RequestLogger {
  readonly #parent: FastifyBaseLogger;
  readonly #request: FastifyRequest;
  #child: FastifyBaseLogger | null = null;

  constructor(parent: FastifyBaseLogger, request: FastifyRequest) {
    this.#parent = parent;
    this.#request = request;
  }

  get #log(): FastifyBaseLogger {
    return (this.#child ??= this.#parent.child({ reqId: requestIdOf(this.#request) }));
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
