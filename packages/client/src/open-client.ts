import { AccessTokenUnavailable } from './answer.ts';
import { type Client, createClient, createConfig } from './generated/client/index.ts';
import type { ServerClock } from './server-clock.ts';

export type ClientOptions = {
  /** Where frontrow is, as in `https://tickets.example.com`. Default: where the page comes from. */
  readonly baseUrl?: string;
  /** Called before each request that says who the user is. While it rejects, such a request is UNREACHABLE. */
  readonly accessToken: () => string | null | Promise<string | null>;
  readonly fetch?: typeof fetch;
  /** Learns the server's time from the answers. */
  readonly clock?: ServerClock;
  /** After this long a request without a whole answer is given up. A stream or a file may take longer once it has begun. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 20_000;

/** The client that each operation takes. */
export function openClient(options: ClientOptions): Client {
  const { baseUrl = '', accessToken, clock, timeoutMs = TIMEOUT_MS } = options;
  // Looked up at each request, because a page may replace it, and called without an object, which browsers require.
  const send: typeof fetch = (input, init) => (options.fetch ?? globalThis.fetch)(input, init);
  const bearer = async () => {
    try {
      return (await accessToken()) ?? undefined;
    } catch (cause) {
      throw new AccessTokenUnavailable('there is no access token at present', { cause });
    }
  };
  return createClient(
    createConfig({
      baseUrl,
      auth: ({ scheme }) => (scheme === 'bearer' ? bearer() : undefined),
      async fetch(input, init) {
        const request = new Request(input, init);
        const sentAt = clock?.localNow() ?? 0;
        const limit = createLimit(timeoutMs);
        const response = await send(request, { signal: AbortSignal.any([request.signal, limit.signal]) });
        if (mayTakeLonger(request, response)) limit.lift();
        if (clock !== undefined && isFresh(response))
          clock.learnFromDate(response.headers.get('Date'), sentAt, clock.localNow());
        return response;
      },
    }),
  );
}

/** A file, or a stream that was asked for. */
function mayTakeLonger(request: Request, { headers }: Response): boolean {
  const type = headers.get('Content-Type') ?? '';
  const isStream = request.headers.get('Accept') === 'text/event-stream';
  return type.includes('text/csv') || (isStream && type.includes('text/event-stream'));
}

/** A signal that is aborted after a time, unless the limit is lifted before. */
function createLimit(timeoutMs: number) {
  const controller = new AbortController();
  const timeout = AbortSignal.timeout(timeoutMs);
  const abort = () => controller.abort(timeout.reason);
  timeout.addEventListener('abort', abort);
  return { signal: controller.signal, lift: () => timeout.removeEventListener('abort', abort) };
}

/** The `Date` of an answer from a cache is that of its first request. */
function isFresh({ headers }: Response): boolean {
  return headers.get('Cache-Control')?.includes('no-store') ?? false;
}
