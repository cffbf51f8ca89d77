import { describe, expect, it, onTestFinished } from 'vitest';
import { type TestServerOptions, createTestServer } from '../support/test-server.ts';

const PATHS = [
  '/v1/concerts',
  '/v1/wallet',
  '/v1/concerts/none',
  '/nowhere',
  '/%zz',
  '/openapi.json',
  '/docs/',
  '/livez',
];

function openServer(options?: TestServerOptions) {
  const { app } = createTestServer(options);
  onTestFinished(() => app.close());
  return app;
}

describe('every answer', () => {
  it.each(PATHS)('has the headers that protect browsers: %s', async (path) => {
    const { headers } = await openServer().inject(path);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it.each(PATHS)('asks for HTTPS where the operator wants it: %s', async (path) => {
    const { headers } = await openServer({ hstsMaxAgeS: 31_536_000 }).inject(path);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('the content security policy', () => {
  it('lets data load nothing', async () => {
    const { headers } = await openServer().inject('/v1/concerts');
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  it('lets the page of the API load its own files only, and it needs no others', async () => {
    const app = openServer();
    const page = await app.inject('/docs/');
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe');
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source = '']) => source);
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      const url = new URL(source, 'http://server/docs/');
      expect([source, url.host]).toEqual([source, 'server']);
      expect((await app.inject(url.pathname)).statusCode).toBe(200);
    }
    // A policy without `unsafe-inline` ignores scripts and styles in the page itself.
    expect(page.body).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=/);
  });
});
