import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signAccessToken } from '../access-tokens.ts';

/** A server that knows by a cookie who is signed in, on an origin of its own. */
export type SessionServer = {
  readonly env: { readonly WEB_SESSION_URL: string; readonly WEB_SIGN_IN_URL: string };
  /** Answers requests of the pages on this origin. */
  allow(origin: string): void;
  /** Ends every session. */
  signOut(): void;
  close(): void;
};

/** Whoever comes to its sign-in page is signed in as `userId` and led back. */
export async function startSessionServer(userId: string): Promise<SessionServer> {
  let [allowed, session] = ['', 1];
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer({ url: path = '', headers }: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(path, url);
    response.setHeader('Cache-Control', 'no-store');
    if (pathname === '/sign-in') {
      const returnTo = searchParams.get('return_to') ?? '';
      if (!returnTo.startsWith(`${allowed}/`)) return response.writeHead(400).end();
      response.setHeader('Set-Cookie', `session=${session}; HttpOnly; SameSite=Lax`);
      return response.writeHead(302, { Location: returnTo }).end();
    }
    if (headers.origin === allowed)
      response
        .setHeader('Access-Control-Allow-Origin', allowed)
        .setHeader('Access-Control-Allow-Credentials', 'true');
    if (headers.cookie !== `session=${session}`) return response.writeHead(401).end();
    return response.end(JSON.stringify({ accessToken: await signAccessToken(userId) }));
  }

  return {
    env: { WEB_SESSION_URL: `${url}/session`, WEB_SIGN_IN_URL: `${url}/sign-in` },
    allow: (origin) => void (allowed = origin),
    signOut: () => void (session += 1),
    close: () => void server.close(),
  };
}
