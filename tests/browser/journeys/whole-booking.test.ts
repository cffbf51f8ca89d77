import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { usePages } from '../support/use-pages.ts';
import { useMemorySite } from '../support/use-site.ts';
import { bookTwoSeats, openHall } from './whole-booking.ts';

const pages = usePages();

const site = useMemorySite();

test('a fan books in English on a desktop', async () => {
  const sale = await openHall(site(), 'First Light');
  expect(await bookTwoSeats(site(), pages, sale, { locale: 'en', viewport: 'desktop' })).toBe(2);
});

test('a fan books at a zoom of 200 %', async () => {
  const sale = await openHall(site(), 'Large Letters');
  expect(await bookTwoSeats(site(), pages, sale, { locale: 'en', viewport: 'zoomed' })).toBe(2);
});

test('a fan books by the keyboard alone', async () => {
  const sale = await openHall(site(), 'Keys and Strings');
  expect(
    await bookTwoSeats(site(), pages, sale, { locale: 'en', viewport: 'desktop' }, pressByKeyboard),
  ).toBe(2);
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
