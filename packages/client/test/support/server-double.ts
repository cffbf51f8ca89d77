import { openClient } from '../../src/open-client.ts';

/** What a server does with one request: it answers, or throws as a connection that cannot be opened or has broken. */
export type Act = (request: Request) => Response | Promise<Response>;

/** Plays frontrow for one test: each request meets the next act, and the last act repeats. */
export function createServerDouble(...acts: readonly Act[]) {
  const requests: Request[] = [];
  const client = openClient({
    baseUrl: 'http://frontrow.test',
    accessToken: () => 'access-token',
    async fetch(input, init) {
      const request = new Request(input, init);
      const act = acts[Math.min(requests.length, acts.length - 1)];
      if (act === undefined) throw new Error('the server double has no act');
      requests.push(request);
      request.signal.throwIfAborted();
      return act(request);
    },
  });
  return { client, requests };
}

export const disconnects: Act = () => {
  throw new TypeError('fetch failed');
};

type Head = { readonly status?: number; readonly headers?: Record<string, string> };

export function answers(body: unknown, init: Head = {}): Act {
  const headers = { 'Content-Type': 'application/json; charset=utf-8', ...init.headers };
  return () => new Response(JSON.stringify(body), { status: 200, ...init, headers });
}

export function refuses(status: number, code: string, headers: Record<string, string> = {}, more = {}): Act {
  const type = { 'Content-Type': 'application/problem+json; charset=utf-8' };
  return answers({ code, status, title: code, ...more }, { status, headers: { ...type, ...headers } });
}

export function answersHtml(status: number, headers: Record<string, string> = {}): Act {
  const type = { 'Content-Type': 'text/html; charset=utf-8' };
  return () => new Response('<h1>Bad gateway</h1>', { status, headers: { ...type, ...headers } });
}

/** An event stream that the test writes to. */
export function createStreamAct() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let isCancelled = false;
  const encoder = new TextEncoder();
  const act: Act = ({ signal }) => {
    const body = new ReadableStream<Uint8Array>({
      start: (own) => {
        controller = own;
        signal.addEventListener('abort', () => own.error(signal.reason));
      },
      cancel: () => {
        isCancelled = true;
      },
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  };
  return {
    act,
    write: (text: string) => controller?.enqueue(encoder.encode(text)),
    writeBytes: (bytes: Uint8Array) => controller?.enqueue(bytes),
    end: () => controller?.close(),
    breakOff: () => controller?.error(new TypeError('terminated')),
    isCancelled: () => isCancelled,
  };
}
