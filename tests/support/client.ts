import { Pool } from 'undici';

/** Enough for a crowd whose fans send requests at the same time. */
const CONNECTIONS_MAX = 256;
const ANSWER_WITHIN_MS = 30_000;

export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, and a string as it is. */
  readonly body?: unknown;
};

export type Answer<Body> = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Body;
};

/** A client of one HTTP process, over real connections. */
export type Client = {
  send<Body>(call: Call): Promise<Answer<Body>>;
  close(): Promise<void>;
};

export function createClient(url: string, answerWithinMs = ANSWER_WITHIN_MS): Client {
  const pool = new Pool(url, {
    connections: CONNECTIONS_MAX,
    headersTimeout: answerWithinMs,
    bodyTimeout: answerWithinMs,
  });
  return {
    async send({ method, path, headers = {}, body }: Call) {
      const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
      const response = await pool.request({
        method,
        path,
        headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        body: text ?? null,
      });
      const answer = await response.body.text();
      return {
        status: response.statusCode,
        headers: response.headers,
        body: answer === '' ? null : JSON.parse(answer),
      };
    },
    close: () => pool.destroy(),
  };
}
