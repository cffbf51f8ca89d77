import { test } from 'vitest';
import { expectAccessible } from './support/check-page.ts';
import { usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

test('a presale asks for a code, and says why one is refused', async () => {
  const publicStartAt = new Date(Date.now() + 86_400_000).toISOString();
  const { concertId, eventId } = await site().openSale({
    seatCount: 20,
    policy: { presale: { publicStartAt } },
  });
  const [code] = await site().createSaleCodes(concertId, 1, 1);
  const page = await pages.openFan(site(), { path: `/concerts/${concertId}`, user: 'fan' });
  const join = page.getByRole('button', { name: 'Join the waiting room' });
  await join.click();
  await page.getByLabel('Presale code').fill('WRONG');
  await join.click();
  await page.getByText('This code is not valid for this concert.').waitFor();
  await expectAccessible(page);

  await page.getByLabel('Presale code').fill(code?.code ?? '');
  await join.click();
  await page.waitForURL(`**/events/${eventId}`);

  const other = await pages.openFan(site(), {
    path: `/concerts/${concertId}`,
    user: 'other',
    locale: 'ko',
  });
  await other.getByRole('button', { name: '대기열 입장하기' }).click();
  await other.getByLabel('선예매 코드').fill(code?.code ?? '');
  await other.getByRole('button', { name: '대기열 입장하기' }).click();
  await other.getByText('이미 모두 사용된 코드입니다.').waitFor();
});
