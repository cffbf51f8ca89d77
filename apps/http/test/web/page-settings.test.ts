import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PageSettings } from '../../src/web/page-settings.ts';
import { pageSettingsOf } from '../../src/web/page-settings.ts';
import { accessTokenOf } from '../support/access-token.ts';
import { SETTINGS, openSampleWeb } from '../support/sample-build.ts';
import { createTestServer } from '../support/test-server.ts';

function openServer(settings: Partial<PageSettings> = {}) {
  const { web } = openSampleWeb(settings);
  const server = createTestServer({ web });
  onTestFinished(() => server.app.close());
  return server;
}

/** Reads the settings from the HTML as the page does. */
async function settingsIn({ app }: ReturnType<typeof openServer>, path = '/'): Promise<PageSettings> {
  const { body } = await app.inject(path);
  const [, json = ''] =
    /<script type="application\/json" id="page-settings">(.*?)<\/script>/s.exec(body) ?? [];
  return JSON.parse(json) as PageSettings;
}

describe('the settings of the page', () => {
  it('are in the HTML of both pages', async () => {
    const server = openServer();
    expect(await settingsIn(server, '/')).toEqual(SETTINGS);
    expect(await settingsIn(server, '/console')).toEqual(SETTINGS);
  });

  it.each([
    '/session?next=</script><script>alert(1)</script>',
    '/session?<!--<script>',
    "/session?$&$'$`",
    '/session?\u2028\u2029"\\',
  ])('keep a text with markup a text: %s', async (sessionUrl) => {
    const server = openServer({ mode: 'session', sessionUrl, signInUrl: '/sign-in' });
    const { body } = await server.app.inject('/');
    expect(await settingsIn(server)).toMatchObject({ sessionUrl });
    expect(body.match(/<\/?script/g)).toEqual(['<script', '</script']);
    expect(body).not.toContain('<!--');
  });

  it('name development tokens, or the session and the page for signing in', () => {
    const dev = pageSettingsOf({ session: null, memory: true }, 'open');
    expect(dev).toMatchObject({
      mode: 'dev',
      sessionUrl: null,
      signInUrl: null,
      memory: true,
      currency: 'KRW',
    });
    const session = { sessionUrl: 'https://id.example/session', signInUrl: '/sign-in' };
    expect(pageSettingsOf({ session, memory: false }, 'scoped')).toMatchObject({
      mode: 'session',
      ...session,
      walletCharges: 'scoped',
      memory: false,
    });
  });
});

/** The part of the policy that names where the page may send requests. */
async function requestsOf(sessionUrl: string): Promise<string | undefined> {
  const { headers } = await openServer({ mode: 'session', sessionUrl }).app.inject('/');
  return /connect-src [^;]*/.exec(String(headers['content-security-policy']))?.[0];
}

describe('a page with a session server', () => {
  it('may send requests to it, and to no other server', async () => {
    expect(await requestsOf('/session')).toBe("connect-src 'self'");
    expect(await requestsOf('https://id.example:8443/session?a=b;c')).toBe(
      "connect-src 'self' https://id.example:8443",
    );
  });

  it('gets a token for the cookie of the browser, and books with it', async () => {
    const sessions = createServer((request, response) => {
      if (request.headers.cookie !== 'session=of-mina') response.writeHead(401).end();
      else void accessTokenOf('mina').then((accessToken) => response.end(JSON.stringify({ accessToken })));
    });
    sessions.listen(0, '127.0.0.1');
    await once(sessions, 'listening');
    onTestFinished(() => void sessions.close());
    const { port } = sessions.address() as AddressInfo;
    const server = openServer({ mode: 'session', sessionUrl: `http://127.0.0.1:${port}/session` });

    const { sessionUrl } = await settingsIn(server);
    expect((await fetch(String(sessionUrl))).status).toBe(401);
    const answer = await fetch(String(sessionUrl), { headers: { cookie: 'session=of-mina' } });
    const { accessToken } = (await answer.json()) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await server.app.inject({ url: '/v1/wallet', headers })).statusCode).toBe(200);
    expect((await server.app.inject({ method: 'POST', url: '/v1/dev/tokens' })).statusCode).toBe(404);
  });
});
