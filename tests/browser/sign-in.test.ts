import { chromium } from 'playwright-core';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { startMemorySite } from '../support/browser/memory-site.ts';
import { startSessionServer } from '../support/browser/session-server.ts';
import { expectAccessible } from './support/check-page.ts';
import { usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';
import { expectHeading, openBusySale } from './support/waiting-room.ts';

const site = useMemorySite();
const pages = usePages();

describe('a development server', () => {
  test('gives a guest a name in one step, and signs out', async () => {
    const page = await pages.openFan(site());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Continue as guest' }).click();
    await page.getByText(/^[a-z]+-[a-z]+-\d{4}$/).waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  test('lets a fan choose a name, which all tabs of the browser take over with its place', async () => {
    const { concertId } = await openBusySale(site());
    const path = `/concerts/${concertId}/room`;
    const page = await pages.openFan(site(), { path, locale: 'ko' });
    await expectHeading(page, '대기열');
    await expectAccessible(page);
    await page.getByLabel('이름').fill('mina');
    await page.getByRole('main').getByRole('button', { name: '로그인' }).click();
    await page.getByRole('button', { name: '대기열 입장하기' }).click();
    await expectHeading(page, '순서대로 입장하고 있습니다');

    const tab = await pages.openTab(page, path);
    await expectHeading(tab, '순서대로 입장하고 있습니다');
    await tab.getByRole('button', { name: '로그아웃' }).click();
    await expectHeading(page, '대기열');
    await page.getByRole('main').getByRole('button', { name: '게스트로 시작하기' }).click();
    await expectHeading(tab, '아직 대기열에 입장하지 않으셨습니다');
  });

  test('works in a browser that stores nothing and has no sound and no notifications', async () => {
    const { concertId } = await openBusySale(site());
    const page = await pages.openFan(site(), {
      path: `/concerts/${concertId}`,
      prepare: (opened) =>
        opened.addInitScript(() => {
          const refused = {
            get: () => {
              throw new DOMException('refused', 'SecurityError');
            },
          };
          Object.defineProperty(window, 'localStorage', refused);
          Object.defineProperty(window, 'sessionStorage', refused);
          for (const missing of ['Notification', 'AudioContext', 'BroadcastChannel'])
            Reflect.deleteProperty(window, missing);
        }),
    });
    await page.getByRole('button', { name: 'Join the waiting room' }).click();
    await page.getByRole('button', { name: 'Continue as guest' }).click();

    await expectHeading(page, 'You are in line');
  });
});

/** A room of a server whose fans sign in elsewhere, with the fan who has just done so and has no place yet. */
async function openRoomOfSignedIn() {
  const sessions = await startSessionServer('mina');
  const signedInSite = await startMemorySite({ env: sessions.env });
  sessions.allow(signedInSite.url);
  const browser = await chromium.connect(inject('chromiumEndpoint'));
  onTestFinished(async () => {
    await browser.close();
    await signedInSite.close();
    sessions.close();
  });
  const { concertId } = await openBusySale(signedInSite);
  const address = `${signedInSite.url}/concerts/${concertId}/room`;
  const page = await browser.newPage({ locale: 'en-US' });
  await page.goto(address);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expectHeading(page, 'You have no place in this line yet');
  expect(page.url()).toBe(address);
  return { sessions, page, address };
}

describe('a session server', () => {
  test('gives a new token after a 401, and the fan notices nothing', async () => {
    const { page } = await openRoomOfSignedIn();
    let refusals = 0;
    await page.route('**/queue-tokens', (route) =>
      (refusals += 1) === 1 ? route.fulfill({ status: 401 }) : route.continue(),
    );
    await page.getByRole('button', { name: 'Join the waiting room' }).click();

    await expectHeading(page, 'You are in line');
    expect(refusals).toBe(2);
  });

  test('that signs a fan out leaves the page as it is, and leads back to it', async () => {
    const { sessions, page, address } = await openRoomOfSignedIn();
    await page.route('**/queue-tokens', (route) => route.fulfill({ status: 401 }));
    sessions.signOut();
    await page.getByRole('button', { name: 'Join the waiting room' }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'Your sign-in has ended' });
    await notice.waitFor();
    await expectHeading(page, 'You have no place in this line yet');
    await expectAccessible(page);

    await page.unroute('**/queue-tokens');
    await notice.getByRole('button', { name: 'Sign in' }).click();
    await notice.waitFor({ state: 'detached' });
    await page.getByText('mina').waitFor();
    expect(page.url()).toBe(address);
  });
});
