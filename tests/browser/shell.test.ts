import { expect, test } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts';
import { useMemorySite } from './support/use-site.ts';
import { usePages } from './support/use-pages.ts';

const site = useMemorySite();
const pages = usePages();

test.each(['en', 'ko'] as const)('the page has the language of the browser (%s)', async (locale) => {
  const page = await pages.openFan(site(), { locale });
  const link = { en: 'My tickets', ko: '내 티켓' }[locale];
  await page.getByRole('link', { name: link }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe(locale);
});

test('a chosen language and theme stay after a reload', async () => {
  const page = await pages.openFan(site());
  await page.getByLabel('Language').selectOption('한국어');
  await page.getByLabel('화면 테마').selectOption('어둡게');
  await page.reload();
  expect(await page.getByLabel('화면 테마').inputValue()).toBe('dark');
});

test('a page that does not exist says so', async () => {
  const page = await pages.openFan(site(), { path: '/concerts/1/2/3' });
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test('the console asks who uses it', async () => {
  const page = await pages.openConsole(site(), { user: null });
  const signIn = page.getByRole('button', { name: 'Sign in' });
  await signIn.waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Role').selectOption('Check-in at the gate');
  await signIn.click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
});
