import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JWTPayload, SignJWT, base64url, exportJWK, generateKeyPair } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import type { AuthConfig } from '../../src/config.ts';
import { TEST_SECRET, accessTokenOf } from '../support/access-token.ts';
import { KEY_SET_BYTES_MAX } from '../../src/identity/fetch-key-set.ts';
import { ADMIN } from '../support/scenario.ts';
import { type TestServer, createTestServer } from '../support/test-server.ts';

const NO_CLAIMS = { issuer: undefined, audience: undefined, lifetimeMaxS: 86_400 };
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const inAnHour = () => Math.floor(Date.now() / 1000) + 3_600;

const readWallet = ({ call }: TestServer, authorization: string) =>
  call('GET /v1/wallet', { headers: { authorization } });

function unsigned(payload: object): string {
  return `${[{ alg: 'none' }, payload].map((part) => base64url.encode(JSON.stringify(part))).join('.')}.`;
}

/** An identity provider that signs with RS256 and publishes its public key. */
async function startJwks(): Promise<{
  url: string;
  sign: (sub: string) => Promise<string>;
  publicKey: string;
}> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const server = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const sign = (sub: string) =>
    new SignJWT({ sub, exp: inAnHour() }).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/jwks.json`, sign, publicKey: JSON.stringify(jwk) };
}

describe('an access token', () => {
  it('is requested by WWW-Authenticate where it is missing', async () => {
    const server = createTestServer();
    const answer = await server.call('GET /v1/wallet');
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    // Fastify answers HEAD wherever it answers GET.
    const head = await server.app.inject({ method: 'HEAD', url: '/v1/wallet' });
    expect(head.statusCode).toBe(401);
  });

  it('is accepted while it is valid', async () => {
    const server = createTestServer();
    const now = Math.floor(Date.now() / 1000);
    for (const claims of [{}, { exp: now + 60 }, { nbf: now - 60 }, { scope: 'openid admin' }])
      expect((await readWallet(server, `Bearer ${await accessTokenOf('fan', claims)}`)).status).toBe(200);
    expect((await readWallet(server, `bearer ${await accessTokenOf('u'.repeat(128))}`)).status).toBe(200);
  });

  it('is refused when expired, early, forged, unsigned or without a usable subject', async () => {
    const server = createTestServer();
    const now = Math.floor(Date.now() / 1000);
    const valid = await accessTokenOf('fan');
    const forged = await new SignJWT({ sub: 'fan', exp: inAnHour() })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('another-secret-of-thirty-two-bytes!!'));
    const otherAlgorithm = await new SignJWT({ sub: 'fan', exp: inAnHour() })
      .setProtectedHeader({ alg: 'HS512' })
      .sign(new TextEncoder().encode(TEST_SECRET.repeat(2)));
    const tokens = [
      await accessTokenOf('fan', { exp: now - 1 }),
      await accessTokenOf('fan', { nbf: now + 60 }),
      await accessTokenOf(''),
      await accessTokenOf('u'.repeat(129)),
      await accessTokenOf('half-a-pair-\ud800'),
      forged,
      otherAlgorithm,
      unsigned({ sub: 'fan' }),
      valid.slice(0, -2),
      `${valid}x`,
      'rubbish',
      '',
      'a.b.c',
    ];
    for (const token of tokens) {
      const { status, body, headers } = await readWallet(server, `Bearer ${token}`);
      expect({ token, status, code: body.code }).toEqual({ token, status: 401, code: 'UNAUTHENTICATED' });
      expect(headers['www-authenticate']).toMatch(/^Bearer/);
    }
    expect((await readWallet(server, `Basic ${valid}`)).status).toBe(401);
  });

  it('needs an end, and lives no longer than the configuration allows', async () => {
    const server = createTestServer();
    const now = Math.floor(Date.now() / 1000);
    const statusWith = async (claims: JWTPayload) =>
      (await readWallet(server, `Bearer ${await accessTokenOf('fan', claims)}`)).status;
    expect(await statusWith({ exp: undefined } as unknown as JWTPayload)).toBe(401);
    expect(await statusWith({ exp: now + 86_700 })).toBe(401);
    expect(await statusWith({ iat: now - 60, exp: now + 86_341 })).toBe(401);
    expect(await statusWith({ iat: now - 60, exp: now + 86_340 })).toBe(200);
  });

  it.each([
    [undefined, 200],
    ['JWT', 200],
    ['at+jwt', 200],
    ['logout+jwt', 401],
    ['dpop+jwt', 401],
  ])('of the type %s is answered %i', async (typ, status) => {
    const token = await new SignJWT({ sub: 'fan', exp: inAnHour() })
      .setProtectedHeader({ alg: 'HS256', ...(typ === undefined ? {} : { typ }) })
      .sign(new TextEncoder().encode(TEST_SECRET));
    expect((await readWallet(createTestServer(), `Bearer ${token}`)).status).toBe(status);
  });

  it('needs the configured issuer and audience', async () => {
    const auth: AuthConfig = {
      kind: 'secret',
      secret: TEST_SECRET,
      issuer: 'https://id.example',
      audience: 'frontrow',
      lifetimeMaxS: 86_400,
    };
    const server = createTestServer({ auth });
    const both = { iss: 'https://id.example', aud: 'frontrow' };
    expect((await readWallet(server, `Bearer ${await accessTokenOf('fan', both)}`)).status).toBe(200);
    for (const claims of [{}, { ...both, iss: 'https://evil.example' }, { ...both, aud: 'other' }])
      expect((await readWallet(server, `Bearer ${await accessTokenOf('fan', claims)}`)).status).toBe(401);
  });

  it('opens an admin route with its scope or with admin only', async () => {
    const { call } = createTestServer();
    for (const scope of [undefined, '', 'administrator', 'openid', 'sales:read']) {
      const options = {
        as: 'fan',
        ...(scope === undefined ? {} : { scope }),
        body: { title: 'A', artist: 'B' },
      };
      const answer = await call('POST /v1/admin/concerts', options);
      expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    }
    const body = { title: 'A', artist: 'B' };
    for (const scope of ['openid admin', 'sales:write openid'])
      expect((await call('POST /v1/admin/concerts', { ...ADMIN, scope, body })).status).toBe(201);
  });

  it('is checked before the body', async () => {
    const { call } = createTestServer();
    const headers = { 'content-type': 'application/json' };
    expect((await call('POST /v1/wallet/charges', { headers, body: '{' })).status).toBe(401);
    expect((await call('POST /v1/admin/concerts', { as: 'fan', headers, body: '{' })).status).toBe(403);
  });
});

describe('keys behind a URL', () => {
  it('verify the signature of the provider, and no HMAC made with its public key', async () => {
    const { url, sign, publicKey } = await startJwks();
    const server = createTestServer({ auth: { kind: 'jwks', url, ...NO_CLAIMS } });
    expect((await readWallet(server, `Bearer ${await sign('fan')}`)).status).toBe(200);
    const confused = await new SignJWT({ sub: 'fan', exp: inAnHour() })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(new TextEncoder().encode(publicKey));
    for (const token of [confused, unsigned({ sub: 'fan' }), `${await sign('fan')}x`])
      expect((await readWallet(server, `Bearer ${token}`)).status).toBe(401);
  });

  it('are answered UNAVAILABLE while their server is down', async () => {
    const { url, sign } = await startJwks();
    const token = await sign('fan');
    for (const close of closing.splice(0)) close();
    const server = createTestServer({ auth: { kind: 'jwks', url, ...NO_CLAIMS } });
    const answer = await readWallet(server, `Bearer ${token}`);
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(answer.headers['retry-after']).toBe('1');
  });

  it('are not read without a limit', async () => {
    const server = createServer((_request, response) => {
      response.end(JSON.stringify({ keys: [], padding: 'x'.repeat(KEY_SET_BYTES_MAX) }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    const { sign } = await startJwks();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { call } = createTestServer({ auth: { kind: 'jwks', url, ...NO_CLAIMS } });
    const answer = await call('GET /v1/wallet', {
      headers: { authorization: `Bearer ${await sign('fan')}` },
    });
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
  });
});
