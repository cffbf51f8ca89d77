import { describe, expect, it } from 'vitest';
import { readEmbeddedConfig, readServerConfig } from '../src/config.ts';

const SOUND = {
  MYSQL_URL: 'mysql://root:pw@127.0.0.1:3306/frontrow',
  REDIS_URL: 'redis://127.0.0.1:6379',
  AUTH_JWT_SECRET: 'a-secret-that-has-at-least-32-bytes',
  QUEUE_TOKEN_SECRETS: 'one:first-secret-of-at-least-32-characters,two:second-secret-of-at-least-32-chars',
  ENTRY_TICKET_SECRETS: 'E1:entry-tickets-secret-of-at-least-32-chars',
  WEB: 'off',
};

function complaintsOf(env: NodeJS.ProcessEnv, read: (env: NodeJS.ProcessEnv) => unknown = readServerConfig) {
  try {
    read(env);
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  throw new Error('the configuration was accepted');
}

const chargesOf = (env: NodeJS.ProcessEnv) => readServerConfig(env).http.walletCharges;

describe('the configuration of the HTTP process', () => {
  it('needs four variables and sessions for the page, and has defaults for the rest', () => {
    const { http, ports } = readServerConfig(SOUND);
    expect(http).toEqual({
      host: '127.0.0.1',
      port: 3000,
      operationsPort: null,
      auth: {
        kind: 'secret',
        secret: SOUND.AUTH_JWT_SECRET,
        issuer: undefined,
        audience: undefined,
        lifetimeMaxS: 86_400,
      },
      corsOrigins: [],
      logLevel: 'info',
      shutdownDelayMs: 0,
      shutdownGraceMs: 10_000,
      requestsInFlightMax: 5_000,
      queueStreamsMax: 20_000,
      limitsPolls: true,
      limitsClients: true,
      trustedProxies: [],
      hstsMaxAgeS: 0,
      walletCharges: 'open',
      web: null,
    });
    expect(ports).toMatchObject({ mode: 'real', mysqlUrl: SOUND.MYSQL_URL, redisUrl: SOUND.REDIS_URL });
    expect(ports.queueTokenSecrets.map(({ keyId }) => keyId)).toEqual(['one', 'two']);
  });

  it('reads what it is given', () => {
    const { http } = readServerConfig({
      ...SOUND,
      AUTH_JWT_SECRET: '',
      AUTH_JWKS_URL: 'https://id.example/jwks.json',
      AUTH_ISSUER: 'https://id.example',
      AUTH_AUDIENCE: 'frontrow',
      PORT: '0',
      OPERATIONS_PORT: '0',
      CORS_ORIGINS: 'https://a.example, http://localhost:5173',
      SHUTDOWN_DELAY_MS: '50',
      QUEUE_STREAMS_MAX: '500',
      QUEUE_POLL_LIMIT: 'off',
      RATE_LIMITS: 'off',
      TRUST_PROXY: 'loopback, 10.0.0.0/8, 2001:db8::1',
      HSTS_MAX_AGE_S: '31536000',
    });
    expect(http.auth).toEqual({
      kind: 'jwks',
      url: 'https://id.example/jwks.json',
      issuer: 'https://id.example',
      audience: 'frontrow',
      lifetimeMaxS: 86_400,
    });
    expect(http).toMatchObject({ port: 0, shutdownDelayMs: 50, queueStreamsMax: 500, limitsPolls: false });
    expect(http.trustedProxies).toEqual(['loopback', '10.0.0.0/8', '2001:db8::1']);
    expect(http.limitsClients).toBe(false);
    expect(http).toMatchObject({ operationsPort: 0, hstsMaxAgeS: 31_536_000 });
    expect(http.corsOrigins).toEqual(['https://a.example', 'http://localhost:5173']);
  });

  it('names every bad and missing variable at once, and shows no value', () => {
    const secret = 'too-short-a-secret';
    const env = {
      REDIS_URL: 'http://nowhere',
      AUTH_JWT_SECRET: secret,
      QUEUE_TOKEN_SECRETS: `one:${secret}`,
      ENTRY_TICKET_SECRETS: `one:${secret}`,
      PORT: '65536',
      OPERATIONS_PORT: 'none',
      LOG_LEVEL: 'loud',
      CORS_ORIGINS: 'example.org',
      SHUTDOWN_GRACE_MS: 'soon',
      QUEUE_POLL_LIMIT: 'no',
      QUEUE_STREAMS_MAX: '-1',
      RATE_LIMITS: 'some',
      TRUST_PROXY: 'loopback, true',
      HSTS_MAX_AGE_S: 'a year',
      WEB: 'yes',
      WEB_SESSION_URL: 'id.example/session',
      WEB_SIGN_IN_URL: 'https://user:pw@id.example',
    };
    const complaints = complaintsOf(env);
    const named = complaints.map((line) => line.split(' ')[0]);
    expect(named).toEqual([...Object.keys(env), 'MYSQL_URL'].toSorted());
    expect(complaints.join()).not.toContain(secret);
    expect(complaints).toContain('MYSQL_URL is missing');
  });

  it('is refused when one of them is missing', () => {
    expect(complaintsOf({ ...SOUND, REDIS_URL: '' })).toEqual(['REDIS_URL is missing']);
    expect(complaintsOf({ ...SOUND, MYSQL_URL: undefined })).toEqual(['MYSQL_URL is missing']);
    expect(complaintsOf({ ...SOUND, QUEUE_TOKEN_SECRETS: '' })).toEqual(['QUEUE_TOKEN_SECRETS is missing']);
  });

  it('lets every user charge their own wallet, but not in production, unless it is told', () => {
    const claims = { AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a' };
    const production = { ...SOUND, ...claims, NODE_ENV: 'production' };
    expect([chargesOf(SOUND), chargesOf(production)]).toEqual(['open', 'scoped']);
    expect(chargesOf({ ...SOUND, WALLET_CHARGES: 'scoped' })).toBe('scoped');
    expect(chargesOf({ ...production, WALLET_CHARGES: 'open' })).toBe('open');
    expect(readEmbeddedConfig({}).walletCharges).toBe('open');
    expect(complaintsOf({ ...SOUND, WALLET_CHARGES: 'closed' })).toHaveLength(1);
  });

  it('has one way to verify access tokens, and refuses development tokens in production', () => {
    const jwks = 'https://id.example/jwks.json';
    expect(complaintsOf({ ...SOUND, AUTH_JWT_SECRET: '' })[0]).toMatch(/^AUTH_JWKS_URL is needed/);
    expect(complaintsOf({ ...SOUND, AUTH_JWKS_URL: jwks })[0]).toMatch(
      /^AUTH_JWKS_URL must not be set together/,
    );
    expect(complaintsOf({ ...SOUND, AUTH_MODE: 'none' })[0]).toMatch(/^AUTH_MODE must be dev/);
    expect(readServerConfig({ ...SOUND, AUTH_MODE: 'dev' }).http.auth.kind).toBe('dev');
    const production = { ...SOUND, AUTH_MODE: 'dev', NODE_ENV: 'production' };
    expect(complaintsOf(production)).toEqual([
      'AUTH_AUDIENCE is needed when NODE_ENV=production',
      'AUTH_ISSUER is needed when NODE_ENV=production',
      'AUTH_MODE must not be dev when NODE_ENV=production',
    ]);
  });

  it('takes no keys in plain text in production', () => {
    const claims = { AUTH_JWT_SECRET: '', AUTH_ISSUER: 'https://id.example', AUTH_AUDIENCE: 'frontrow' };
    const production = { ...SOUND, ...claims, NODE_ENV: 'production' };
    expect(complaintsOf({ ...production, AUTH_JWKS_URL: 'http://id.example/jwks.json' })).toEqual([
      'AUTH_JWKS_URL must begin with https:// when NODE_ENV=production',
    ]);
    const secure = { ...production, AUTH_JWKS_URL: 'https://id.example/jwks.json' };
    expect(readServerConfig(secure).http.auth.kind).toBe('jwks');
  });
});

const SESSION = { WEB_SESSION_URL: '/session', WEB_SIGN_IN_URL: 'https://id.example/sign-in?lang=ko' };

const webOf = (env: NodeJS.ProcessEnv) => readServerConfig({ ...SOUND, WEB: '', ...env }).http.web;
const complaintsOfWeb = (env: NodeJS.ProcessEnv) => complaintsOf({ ...SOUND, WEB: '', ...env });

describe('the configuration of the page', () => {
  it('has a session server or development tokens, or is left out', () => {
    expect(webOf({ ...SESSION })).toEqual({
      session: { sessionUrl: '/session', signInUrl: 'https://id.example/sign-in?lang=ko' },
      memory: false,
    });
    expect(webOf({ AUTH_MODE: 'dev' })).toEqual({ session: null, memory: false });
    expect(webOf({ AUTH_MODE: 'dev', ...SESSION })?.session).not.toBeNull();
    expect(webOf({ WEB: 'off' })).toBeNull();
    expect(webOf({})).toBeNull();
    expect(complaintsOfWeb({ WEB: 'on' })).toEqual([
      'WEB_SESSION_URL is needed for WEB=on, with WEB_SIGN_IN_URL',
    ]);
    expect(readEmbeddedConfig({}).web).toEqual({ session: null, memory: true });
    expect(readEmbeddedConfig({ WEB: 'off' }).web).toBeNull();
    const jwks = { AUTH_JWKS_URL: 'https://id.example/jwks.json' };
    expect(readEmbeddedConfig(jwks).web).toBeNull();
    expect(complaintsOf({ ...jwks, WEB: 'on' }, readEmbeddedConfig)).toHaveLength(1);
  });

  it('needs both URLs or none', () => {
    expect(complaintsOfWeb({ WEB_SESSION_URL: '/session' })).toEqual([
      'WEB_SIGN_IN_URL is needed with WEB_SESSION_URL',
    ]);
    expect(complaintsOfWeb({ AUTH_MODE: 'dev', WEB_SIGN_IN_URL: '/sign-in' })).toEqual([
      'WEB_SIGN_IN_URL must not be set without WEB_SESSION_URL',
    ]);
  });

  it.each([
    'session',
    '//id.example/session',
    '/\\id.example/session',
    '/session#a',
    '/ses sion',
    'javascript:alert(1)',
    'ftp://id.example',
    'https://',
    'https://user@id.example/session',
    'https://id.example/#a',
    "https://id.example'; script-src *",
    'https://id.example;script-src',
    'https://id.example\nX: y',
  ])('takes neither a relative nor a strange URL: %j', (url) => {
    expect(complaintsOfWeb({ ...SESSION, WEB_SESSION_URL: url })).toEqual([
      'WEB_SESSION_URL must be a path like /session, or an http or https URL without a user and a fragment',
    ]);
  });

  it('sends nobody to a page in plain text in production', () => {
    const production = { AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a', NODE_ENV: 'production' };
    const plain = { WEB_SESSION_URL: 'http://id.example/session', WEB_SIGN_IN_URL: 'http://id.example/' };
    const complaint = 'must be a path or begin with https:// when NODE_ENV=production';
    expect(complaintsOfWeb({ ...production, ...plain })).toEqual([
      `WEB_SESSION_URL ${complaint}`,
      `WEB_SIGN_IN_URL ${complaint}`,
    ]);
    expect(webOf({ ...production, ...SESSION })?.session).not.toBeNull();
    expect(webOf(plain)?.session).not.toBeNull();
  });
});

describe('the configuration of the embedded process', () => {
  it('needs no variable, and generates the secret of its development tokens', () => {
    const [one, two] = [readEmbeddedConfig({}), readEmbeddedConfig({ AUTH_MODE: '' })];
    expect([one.auth.kind, two.auth.kind]).toEqual(['dev', 'dev']);
    expect(one.auth).not.toEqual(two.auth);
  });

  it('is refused in production', () => {
    const complaints = complaintsOf({ NODE_ENV: 'production' }, readEmbeddedConfig);
    expect(complaints.map((line) => line.split(' ')[0])).toEqual([
      'AUTH_AUDIENCE',
      'AUTH_ISSUER',
      'AUTH_MODE',
      'NODE_ENV',
    ]);
  });
});
