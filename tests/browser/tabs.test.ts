import type { Page, Request } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';
import { expectHeading, expectText, joinRoom, openBusySale } from './support/waiting-room.ts';

const site = useMemorySite();
const pages = usePages();

/** Lets a test hide and show the page as a browser does with its tabs, and keeps the titles of notifications. */
function fakeTab(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const tab = { isHidden: false, notifications: [] as string[] };
    Object.defineProperty(document, 'hidden', { get: () => tab.isHidden });
    Object.defineProperty(document, 'visibilityState', { get: () => (tab.isHidden ? 'hidden' : 'visible') });
    document.hasFocus = () => !tab.isHidden;
    class Notification extends EventTarget {
      static readonly permission = 'granted';
      constructor(title: string) {
        super();
        tab.notifications.push(title);
      }
    }
    Object.assign(window, { tab, Notification });
  });
}

type Tab = { isHidden: boolean; readonly notifications: readonly string[] };

const hide = (page: Page, isHidden: boolean) =>
  page.evaluate((hidden) => {
    (window as unknown as { tab: Tab }).tab.isHidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);

const notificationsOf = (page: Page) =>
  page.evaluate(() => (window as unknown as { tab: Tab }).tab.notifications);

const isStream = (request: Request) => request.url().endsWith('/queue-tokens/current/stream');

/** Counts the streams of places that are open in the browser of the page, from its next load on. */
function countOpenStreams(page: Page): () => number {
  const open = new Set<Request>();
  const context = page.context();
  context.on('request', (request) => isStream(request) && open.add(request));
  context.on('requestfailed', (request) => open.delete(request));
  context.on('requestfinished', (request) => open.delete(request));
  return () => open.size;
}

describe('the tabs of a waiting fan', () => {
  test('the place is kept over a reload, in another tab and on another device', async () => {
    const { concertId } = await openBusySale(site(), { ahead: 2 });
    const page = await joinRoom(site(), pages, concertId);
    await expectText(page, '2 people are ahead of you');
    await site().fan('a later fan').join(concertId);

    await page.reload();
    await expectText(page, '2 people are ahead of you');
    const tab = await pages.openTab(page, `/concerts/${concertId}/room`);
    await expectText(tab, '2 people are ahead of you');
    const device = await joinRoom(site(), pages, concertId, { locale: 'ko' });
    await expectText(device, '앞에 2명이 대기 중입니다');
  });

  test('a hidden tab is called by its title and a notification, and goes on when it is shown', async () => {
    const { concertId, eventId } = await openBusySale(site());
    const page = await joinRoom(site(), pages, concertId, { prepare: fakeTab });
    await expectText(page, 'You are next');
    await hide(page, true);
    await site().changePolicy(concertId, { admission: { maxActive: 100 } });

    await expectHeading(page, 'It is your turn');
    await expect.poll(() => page.title()).toContain('It is your turn!');
    await expect.poll(() => notificationsOf(page)).toEqual(['It is your turn!']);
    expect((await site().room(concertId)).active).toBe(2);
    await hide(page, false);
    await page.waitForURL(`**/events/${eventId}`);
  });

  test('one tab streams for all, and another goes on when it is closed', async () => {
    const { concertId } = await openBusySale(site(), { ahead: 1 });
    const page = await joinRoom(site(), pages, concertId);
    await expectText(page, '1 person is ahead of you');
    const streams = countOpenStreams(page);
    await page.reload();
    await expectText(page, '1 person is ahead of you');
    const tab = await pages.openTab(page, `/concerts/${concertId}/room`);
    await expectText(tab, '1 person is ahead of you');

    await site().changePolicy(concertId, { admission: { state: 'PAUSED', reason: 'A check.' } });
    for (const shown of [page, tab]) await expectHeading(shown, 'Admission is paused');
    await expect.poll(streams).toBe(1);
    await page.close();
    await site().changePolicy(concertId, { admission: { state: 'RUNNING' } });
    await expectHeading(tab, 'You are in line');
  });
});
