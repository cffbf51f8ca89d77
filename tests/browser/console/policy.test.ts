import { expect, test } from 'vitest';
import { expectAccessible } from '../support/check-page.ts';
import { usePages } from '../support/use-pages.ts';
import { useMemorySite } from '../support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

async function policyOf(concertId: string) {
  const { body } = await site().admin.send<{ admission: { batchSize: number }; hold: { ttlMs: number } }>(
    'GET',
    `/v1/admin/concerts/${concertId}/policy`,
  );
  return body;
}

test('a policy says what is different and what it will do before it changes', async () => {
  const { concertId } = await site().openSale();
  const page = await pages.openConsole(site(), { path: `/console/concerts/${concertId}/policy` });
  await page.getByLabel('Batch size').fill('many');
  await page.getByText('Is not a number.').waitFor();
  await page.getByLabel('Batch size').fill('1400');
  await page.getByLabel('Window', { exact: true }).fill('5');
  await page.getByLabel('Hold', { exact: true }).fill('180');
  await page.getByRole('button', { name: 'Review changes' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1,400 fans every 5 s = 280 per second.').waitFor();
  await dialog.getByText('Holds that were already granted keep their time.').waitFor();
  await dialog.getByRole('row', { name: 'Hold 5 min 3 min' }).waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await policyOf(concertId)).toMatchObject({
    admission: { batchSize: 1_400, intervalMs: 5_000 },
    hold: { ttlMs: 180_000 },
  });
});

test('the change of another operator is shown before an own one overwrites it', async () => {
  const { concertId } = await site().openSale();
  const page = await pages.openConsole(site(), { path: `/console/concerts/${concertId}/policy` });
  await page.getByLabel('Batch size').fill('7');
  await page.getByRole('button', { name: 'Review changes' }).click();
  await site().changePolicy(concertId, { admission: { batchSize: 9 }, hold: { maxExtensions: 3 } });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await dialog.getByText('Somebody else has changed the policy meanwhile').waitFor();
  expect((await policyOf(concertId)).admission.batchSize).toBe(9);
  await dialog.getByRole('row', { name: 'Batch size 9 fans 7 fans' }).waitFor();
  await dialog.getByRole('button', { name: 'I have seen it' }).click();
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await policyOf(concertId)).toMatchObject({
    admission: { batchSize: 7 },
    hold: { maxExtensions: 3 },
  });
});

test('staff who only read cannot type', async () => {
  const { concertId } = await site().openSale();
  const page = await pages.openConsole(site(), {
    path: `/console/concerts/${concertId}/policy`,
    scope: 'sales:read',
  });
  await page.getByLabel('Batch size').waitFor();
  expect(await page.getByLabel('Batch size').isDisabled()).toBe(true);
});
