import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@frontrow/tests/support/eventually.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPage } from '../../src/web/page.ts';
import { openWeb } from '../../src/web/web-build.ts';
import { SETTINGS, htmlOf, openSampleWeb, writeSampleBuild } from '../support/sample-build.ts';
import { createTestServer } from '../support/test-server.ts';

describe('a build that cannot be served', () => {
  it.each([
    [
      'is missing',
      (folder: string) => rmSync(folder, { recursive: true }),
      /\/frontrow-web-\w+\/assets is missing/,
    ],
    ['has no console', (folder: string) => rmSync(join(folder, 'console.html')), /console\.html is missing/],
    [
      'has a file in place of a folder',
      (folder: string) => {
        rmSync(join(folder, 'assets'), { recursive: true });
        writeFileSync(join(folder, 'assets'), '');
      },
      /assets cannot be read \(ENOTDIR\)/,
    ],
    [
      'has no place for settings',
      (folder: string) => writeFileSync(join(folder, 'index.html'), '<!doctype html>'),
      /needs <script .*id="page-settings"><\/script> once/,
    ],
  ] as const)('%s: one line names the command that builds it, and the setting', (_what, spoil, reason) => {
    const folder = writeSampleBuild();
    spoil(folder);
    const line = /^the pages cannot be served: .*\. Run "pnpm web:build", or set WEB=off to leave them out$/;
    expect(() => openWeb(folder, SETTINGS)).toThrow(line);
    expect(() => openWeb(folder, SETTINGS)).toThrow(reason);
  });
});

function openServer() {
  const { web, folder } = openSampleWeb();
  const { app, logs } = createTestServer({ web });
  onTestFinished(() => app.close());
  return { app, folder, logs };
}

describe('a build that is replaced while it is served', () => {
  it('is seen without a restart, by clients that have the page too', async () => {
    const { app, folder } = openServer();
    const { headers } = await app.inject('/tickets');
    const next = writeSampleBuild();
    writeFileSync(join(next, 'index.html'), htmlOf('Next'));
    writeFileSync(join(next, 'assets/fan-New1.js'), 'next');
    rmSync(join(next, 'assets/fan-Ab12.js'));
    renameSync(folder, `${folder}-old`);
    onTestFinished(() => rmSync(`${folder}-old`, { recursive: true }));
    renameSync(next, folder);
    await eventually(async () => {
      const page = await app.inject({ url: '/tickets', headers: { 'if-none-match': String(headers.etag) } });
      expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('<title>Next</title>')]);
    });
    expect((await app.inject('/assets/fan-New1.js')).body).toBe('next');
    expect((await app.inject('/assets/fan-Ab12.js')).statusCode).toBe(404);
  });

  it('has each file or not, at every moment', async () => {
    const { app, folder, logs } = openServer();
    const away = `${folder}-away`;
    onTestFinished(() => rmSync(away, { recursive: true, force: true }));
    let isAway = false;
    const move = () => {
      if (isAway) renameSync(away, folder);
      else renameSync(folder, away);
      isAway = !isAway;
    };
    const moving = setInterval(move, 1);
    const statuses = new Set<number>();
    for (let turn = 0; turn < 100; turn += 1) {
      const headers = { 'accept-encoding': 'br' };
      const answers = await Promise.all(
        ['/assets/fan-Ab12.js', '/robots.txt'].map((url) => app.inject({ url, headers })),
      );
      for (const { statusCode } of answers) statuses.add(statusCode);
      const refused = answers.filter(({ statusCode }) => statusCode !== 200);
      expect(refused.map((answer) => [answer.statusCode, answer.headers['cache-control']])).toEqual(
        refused.map(() => [404, 'no-store']),
      );
      expect(refused.filter((answer) => answer.headers['content-encoding'] !== undefined)).toEqual([]);
      expect(refused.filter((answer) => answer.headers.etag !== undefined)).toEqual([]);
    }
    clearInterval(moving);
    if (isAway) move();
    expect(statuses).toContain(404);
    expect(logs.filter((line) => /"level":50/.test(line))).toEqual([]);
  });

  it('keeps its page while there is none, and refuses its files', async () => {
    const { app, folder, logs } = openServer();
    rmSync(folder, { recursive: true });
    for (const url of ['/assets/fan-Ab12.js', '/robots.txt'])
      expect((await app.inject(url)).statusCode).toBe(404);
    expect(logs.filter((line) => /"level":50/.test(line))).toEqual([]);

    let reads = 0;
    const page = createPage(() => {
      reads += 1;
      if (reads > 1) throw new Error('there is no build');
      return htmlOf('Fans');
    }, SETTINGS);
    const first = page();
    await eventually(() => {
      expect(page()).toBe(first);
      expect(reads).toBeGreaterThan(2);
    });
  });
});
