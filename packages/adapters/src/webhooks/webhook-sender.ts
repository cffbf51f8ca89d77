import { type LookupAddress, lookup } from 'node:dns';
import { type LookupFunction, isIP } from 'node:net';
import type {
  WebhookAnswer,
  WebhookRequest,
  WebhookSender,
} from '@frontrow/application/ports/webhooks/webhook-sender.ts';
import { Webhook } from 'standardwebhooks';
import { Agent, buildConnector, request } from 'undici';
import { isPublicAddress } from './public-address.ts';

const TIMEOUT_MS = 15_000;
/** How long a request goes on after the jobs of its process have begun to stop. */
const STOP_TIMEOUT_MS = 3_000;
/** As much of an answer's body is read, so that its connection can be used again. Nothing of it is kept. */
const BODY_BYTES_MAX = 16_384;
const IDLE_MS = 10_000;
const ERROR_LENGTH_MAX = 200;
const HTTP_DATE = /^[A-Z][a-z]{2}, /;

type SenderOptions = {
  /** Whether http and addresses that are not public are allowed. */
  readonly allowsPrivate: boolean;
  /** Resolves host names; the system's resolver by default. */
  readonly resolve?: LookupFunction;
  readonly timeoutMs?: number;
};

/** Signs requests by Standard Webhooks 1.0.0, and checks each address at the moment of the connection to it. */
export function createWebhookSender(options: SenderOptions): WebhookSender {
  const { allowsPrivate, timeoutMs = TIMEOUT_MS } = options;
  const dispatcher = new Agent({
    connect: createConnect(options),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: IDLE_MS,
    maxHeaderSize: BODY_BYTES_MAX,
    allowH2: false,
  });

  async function post(to: WebhookRequest, signal: AbortSignal): Promise<Omit<WebhookAnswer, 'durationMs'>> {
    const { statusCode, headers, body } = await request(to.url, {
      dispatcher,
      signal,
      method: 'POST',
      headers: headersOf(to),
      body: to.message.body,
    });
    await body.dump({ limit: BODY_BYTES_MAX, signal });
    const isDelivered = statusCode >= 200 && statusCode < 300;
    const error = isDelivered ? null : `the answer is ${statusCode}`;
    return { statusCode, error, retryAfterMs: isDelivered ? null : readRetryAfter(headers['retry-after']) };
  }

  return {
    allowsPrivate,
    async send(to, stopping) {
      const startedAt = performance.now();
      const abort = new AbortController();
      const timeout = setTimeout(() => abort.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      const onStop = () =>
        setTimeout(() => abort.abort(new Error('the worker has stopped')), STOP_TIMEOUT_MS).unref();
      if (stopping.aborted) onStop();
      stopping.addEventListener('abort', onStop);
      try {
        const answer = await post(to, abort.signal);
        return { ...answer, durationMs: Math.round(performance.now() - startedAt) };
      } catch (error) {
        const durationMs = Math.round(performance.now() - startedAt);
        return { statusCode: null, error: describe(error), retryAfterMs: null, durationMs };
      } finally {
        clearTimeout(timeout);
        stopping.removeEventListener('abort', onStop);
      }
    },
  };
}

function headersOf({
  secrets,
  message: { id, body },
  sentAt,
  traceparent,
}: WebhookRequest): Record<string, string> {
  const timestamp = new Date(sentAt);
  return {
    'content-type': 'application/json',
    'user-agent': 'frontrow-webhooks',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt / 1_000)),
    ...(traceparent === null ? {} : { traceparent }),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, timestamp, body)).join(' '),
  };
}

/** A connector that refuses what is not public, unless private addresses are allowed. */
function createConnect({ allowsPrivate, resolve = lookup }: SenderOptions) {
  if (allowsPrivate) return buildConnector({ lookup: resolve, timeout: TIMEOUT_MS });
  const connect = buildConnector({ lookup: publicOnly(resolve), timeout: TIMEOUT_MS });
  const check: buildConnector.connector = (to, done) => {
    const host = to.hostname.replace(/^\[|\]$/g, '');
    if (to.protocol !== 'https:') done(new Error('only https is allowed'), null);
    // Node does not look up what is an address already.
    else if (isIP(host) !== 0 && !isPublicAddress(host)) done(notPublic(host), null);
    else connect(to, done);
  };
  return check;
}

/** Fails for a name with an address that is not public. The connection uses the addresses that were checked. */
function publicOnly(resolve: LookupFunction): LookupFunction {
  return (host, options, done) =>
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, '');
      const addresses = found as LookupAddress[];
      const [first] = addresses;
      // The address itself would tell what the names of a private network resolve to.
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
        return done(notPublic(`what ${host} resolves to`), '');
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
}

function notPublic(address: string): NodeJS.ErrnoException {
  return new Error(`${address} is not a public address`);
}

/** Names a failure without the body of an answer. */
function describe(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  const text = [code, message].filter((part) => part !== undefined && part !== '').join(': ');
  return (text === '' ? 'the request failed' : text).slice(0, ERROR_LENGTH_MAX);
}

/** Seconds or a date, in ms from now; null where it is neither. */
function readRetryAfter(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  return HTTP_DATE.test(header) ? Math.max(0, Date.parse(header) - Date.now()) || null : null;
}
