import { expect } from 'vitest';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { type Operator, expectOk } from '../support/operator.ts';
import { outcome } from '../support/outcomes.ts';

const FAR = '2999-01-01T00:00:00.000Z';

/** The users of the presale. The member has a code, and the guest has none. */
type PresaleActors = {
  readonly operator: Operator;
  readonly admin: Fan;
  readonly member: Fan;
  readonly guest: Fan;
};

/** Runs a presale until its public start: fans with a code enter, the others wait for it. Returns the codes. */
export async function runPresale({
  operator,
  admin,
  member,
  guest,
}: PresaleActors): Promise<readonly string[]> {
  const { concertId } = await operator.openSale({ policy: { presale: { publicStartAt: FAR } } });
  const [created, leaked] = await operator.createSaleCodes(concertId, 2, 1);
  const [code, revoked] = [created?.code ?? '', leaked?.code ?? ''];
  expect((await guest.join(concertId)).body).toMatchObject({
    code: 'SALE_CODE_REQUIRED',
    publicStartAt: FAR,
  });
  expect(outcome(await guest.join(concertId, `${code.slice(0, -1)}U`))).toBe('422 SALE_CODE_INVALID');
  expect(outcome(await member.join(concertId, code))).toBe('201');
  await eventually(async () => expect(expectOk(await member.status()).status).toBe('ACTIVE'));
  expect(outcome(await guest.join(concertId, code))).toBe('409 SALE_CODE_EXHAUSTED');
  const body = { reason: 'It was published' };
  expectOk(await admin.send('POST', `/v1/admin/sale-codes/${leaked?.id}/revoke`, { body }));
  expect(outcome(await guest.join(concertId, revoked))).toBe('422 SALE_CODE_INVALID');
  expectOk(await admin.send('GET', `/v1/admin/concerts/${concertId}/sale-codes`));

  const publicStartAt = new Date(Date.now() + 1_000).toISOString();
  await operator.changePolicy(concertId, { presale: { publicStartAt } });
  await eventually(async () => expect(outcome(await guest.join(concertId))).toMatch(/^20[01]$/));
  expect(Date.now()).toBeGreaterThan(Date.parse(publicStartAt));
  return [code, revoked];
}
