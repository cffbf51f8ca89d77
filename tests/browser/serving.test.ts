import { chromium } from 'playwright-core';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { startMemorySite } from '../support/browser/memory-site.ts';
import { startSessionServer } from '../support/browser/session-server.ts';
import { usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

describe('a part of the page that only a former build had', () => {
  it('is loaded again, in the new version, when the fan asks for it', async () => {
    let isGone = true;
    const page = await pages.openFan(site(), {
      user: 'mina',
      locale: 'en',
      prepare: (opened) =>
        opened.route('**/assets/wallet-*.js', (route) =>
          isGone ? route.fulfill({ status: 404 }) : route.continue(),
        ),
    });
    await page.getByRole('link', { name: 'Wallet' }).click();
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
    isGone = false;
    await page.getByRole('button', { name: 'Load again' }).click();
    await page.getByRole('heading', { name: 'Wallet' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/wallet');
  });
});

describe('the pages with a session server', () => {
  it('lead to the sign-in and back, and are signed in', async () => {
    const sessions = await startSessionServer('mina');
    const signedInSite = await startMemorySite({ env: sessions.env });
    sessions.allow(signedInSite.url);
    const browser = await chromium.connect(inject('chromiumEndpoint'));
    onTestFinished(async () => {
      await browser.close();
      await signedInSite.close();
      sessions.close();
    });

    const page = await browser.newPage({ locale: 'en-US' });
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy|TrustedHTML/i.test(message.text())) violations.push(message.text());
    });
    await page.goto(`${signedInSite.url}/wallet?utm_source=mail`);
    const header = page.getByRole('banner');
    await header.getByRole('button', { name: 'Sign in' }).click();
    await header.getByText('mina').waitFor();
    expect(page.url()).toBe(`${signedInSite.url}/wallet?utm_source=mail`);
    await page.getByRole('heading', { name: 'Wallet' }).waitFor();

    sessions.signOut();
    await page.reload();
    await header.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(violations).toEqual([]);
  });

  it('are kept by the browser from scripts and servers that are not theirs', async () => {
    const browser = await chromium.connect(inject('chromiumEndpoint'));
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(site().url);
    await page.evaluate(() => {
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        document.title += ` ${effectiveDirective}`;
      });
      const attempts = [
        () => (document.body.innerHTML = '<img src=x onerror=alert(1)>'),
        () => (document.createElement('script').src = '/assets/any.js'),
        () => fetch('http://192.0.2.1/'),
        () => document.body.append(Object.assign(document.createElement('iframe'), { src: '/docs' })),
        () => document.body.append(Object.assign(new Image(), { src: 'http://192.0.2.1/x.png' })),
      ];
      for (const attempt of attempts)
        Promise.resolve()
          .then(attempt)
          .catch(() => undefined);
    });
    for (const directive of ['require-trusted-types-for', 'connect-src', 'frame-src', 'img-src'])
      await expect.poll(() => page.title()).toContain(directive);
    expect(await page.locator('body img[onerror]').count()).toBe(0);
  });
});
