import { createDemoHall } from '@frontrow/adapters/process/demo-hall.ts';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Site } from '../../support/browser/site.ts';
import { usePages } from '../support/use-pages.ts';
import { useMemorySite, useRealSite } from '../support/use-site.ts';
import { bookTwoSeats } from './whole-booking.ts';

const pages = usePages();

/** One fan may choose at a time, so that the next one waits. */
async function openSale(site: Site, title: string) {
  const policy = { admission: { maxActive: 1 } };
  return { title, ...(await site.openSale({ title, layout: createDemoHall(), policy })) };
}

describe('on memory', () => {
  const site = useMemorySite();

  test('a fan books in English on a desktop', async () => {
    const sale = await openSale(site(), 'First Light');
    expect(await bookTwoSeats(site(), pages, sale, { locale: 'en', viewport: 'desktop' })).toBe(2);
  });

  test('a fan books at a zoom of 200 %', async () => {
    const sale = await openSale(site(), 'Large Letters');
    expect(await bookTwoSeats(site(), pages, sale, { locale: 'en', viewport: 'zoomed' })).toBe(2);
  });

  test('a fan books by the keyboard alone', async () => {
    const sale = await openSale(site(), 'Keys and Strings');
    expect(
      await bookTwoSeats(site(), pages, sale, { locale: 'en', viewport: 'desktop' }, pressByKeyboard),
    ).toBe(2);
  });
});

describe('on MySQL and Redis', () => {
  const site = useRealSite();

  test('a fan books in Korean on a phone', async () => {
    const sale = await openSale(site(), '겨울 빛');
    expect(await bookTwoSeats(site(), pages, sale, { locale: 'ko', viewport: 'phone' })).toBe(2);
  });
});

const TABS_MAX = 60;
const ROWS_MAX = 20;

/** Reaches a control with Tab, and then a seat with the arrow keys, and presses Enter. */
async function pressByKeyboard(
  page: Page,
  role: 'button' | 'link' | 'gridcell',
  name: RegExp,
): Promise<void> {
  const target = page.getByRole(role, { name }).first();
  await target.waitFor();
  const press = async (key: string, isReached: () => Promise<boolean>, timesMax = TABS_MAX) => {
    for (let times = 0; times < timesMax && !(await isReached()); times += 1) await page.keyboard.press(key);
    return isReached();
  };
  const isFocused = () => target.evaluate((element) => element === document.activeElement);
  const isInGrid = () => page.evaluate(() => document.activeElement?.role === 'gridcell');

  if (role === 'gridcell') {
    await press('Tab', isInGrid);
    for (let row = 0; row < ROWS_MAX && !(await press('ArrowRight', isFocused, 25)); row += 1)
      for (const key of ['Home', 'ArrowDown']) await page.keyboard.press(key);
  } else await press('Tab', isFocused);
  if (!(await isFocused())) throw new Error(`the keyboard does not reach ${role} ${name}`);
  await page.keyboard.press('Enter');
}
