import { expect, it } from 'vitest';
import { createFans } from '../support/crowd.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { expectOk } from '../support/operator.ts';
import type { Page, SaleCode } from '../support/response-bodies.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 1 });
const presale = { publicStartAt: '2999-01-01T00:00:00.000Z' };

async function openPresale(count: number, usesMax: number) {
  const sale = await installation().openSale({ policy: { presale } });
  const codes = await installation().createSaleCodes(sale.concertId, count, usesMax);
  return { ...sale, codes: codes.map(({ id, code = '' }) => ({ id, code })) };
}

async function usesOf(concertId: string): Promise<readonly number[]> {
  const path = `/v1/admin/concerts/${concertId}/sale-codes`;
  const { items } = expectOk(await installation().admin.send<Page<SaleCode>>('GET', path));
  return items.map(({ uses }) => uses);
}

it('lets in exactly as many fans as a code has uses when a crowd joins at two processes', async () => {
  const { concertId, codes } = await openPresale(1, 15);
  const crowd = createFans(installation(), 60);
  const answers = await Promise.all(
    crowd.map((fan, index) => fan.at(index % 2).join(concertId, codes[0]?.code)),
  );
  expect(countOccurrences(answers.map(outcome))).toEqual({ '201': 15, '409 SALE_CODE_EXHAUSTED': 45 });
  expect(await usesOf(concertId)).toEqual([15]);
  const { admittedTotal, waiting } = await installation().room(concertId);
  expect(admittedTotal + waiting).toBe(15);
  expect(await installation().findViolations()).toEqual({});
});

it('uses one code once for a fan who joins at two processes at the same time, with either of two codes', async () => {
  const { concertId, codes } = await openPresale(2, 1);
  const [fan] = createFans(installation(), 1);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      fan!.at(index % 2).join(concertId, codes[Math.floor(index / 2) % 2]?.code),
    ),
  );
  expect(countOccurrences(answers.map(outcome))).toEqual({ '200': 9, '201': 1 });
  expect(new Set(await usesOf(concertId))).toEqual(new Set([0, 1]));
  expect(await installation().findViolations()).toEqual({});
});

it('counts every use before a revocation, and none after it', async () => {
  const { concertId, codes } = await openPresale(1, 1_000);
  const [{ id, code } = { id: '', code: '' }] = codes;
  const crowd = createFans(installation(), 40);
  const joins = crowd.map((fan, index) => fan.at(index % 2).join(concertId, code));
  const body = { reason: 'It was published' };
  expectOk(await installation().admin.send('POST', `/v1/admin/sale-codes/${id}/revoke`, { body }));
  const counts = countOccurrences((await Promise.all(joins)).map(outcome));
  expect((counts['201'] ?? 0) + (counts['422 SALE_CODE_INVALID'] ?? 0)).toBe(40);
  expect(await usesOf(concertId)).toEqual([counts['201'] ?? 0]);
  const [late] = createFans(installation(), 1);
  expect(outcome(await late!.join(concertId, code))).toBe('422 SALE_CODE_INVALID');
});
