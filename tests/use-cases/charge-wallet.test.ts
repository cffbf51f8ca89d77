import { MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import { describe, expect, it } from 'vitest';
import { granted, refused, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('chargeWallet ($name)', ({ open }) => {
  const stage = useSaleFixture(open);
  const charge = (userId: string, amount: number, request = stage().newRequest(userId)) =>
    stage().app.chargeWallet({ userId, amount, request });

  it('adds to the balance and to the ledger', async () => {
    const userId = stage().newUser();
    expect(await stage().app.getWallet(userId)).toEqual({ userId, balance: 0 });
    const first = granted(await charge(userId, 700)).value;
    const second = granted(await charge(userId, 300)).value;
    expect(second).toMatchObject({
      userId,
      kind: 'CHARGE',
      amount: 300,
      balanceAfter: 1_000,
      paymentId: null,
    });
    expect(await stage().app.getWallet(userId)).toEqual({ userId, balance: 1_000 });
    const { items, nextCursor } = await stage().app.listWalletEntries(userId, { limit: 1, cursor: null });
    expect(items).toEqual([second]);
    const rest = await stage().app.listWalletEntries(userId, { limit: 1, cursor: nextCursor });
    expect(rest).toEqual({ items: [first], nextCursor: null });
  });

  it('refuses what would pass the largest balance', async () => {
    const userId = stage().newUser();
    granted(await charge(userId, MONEY_MAX));
    expect(await charge(userId, 1)).toEqual(refused('WALLET_LIMIT_EXCEEDED', { balanceMax: MONEY_MAX }));
    expect((await stage().app.getWallet(userId)).balance).toBe(MONEY_MAX);
  });

  it('charges once for a repeated request, also for many at once', async () => {
    const userId = stage().newUser();
    const request = stage().newRequest(userId);
    const answers = await Promise.all([1, 2, 3, 4].map(() => charge(userId, 500, request)));
    expect(answers.map(granted).filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map((answer) => granted(answer).value.id)).size).toBe(1);
    expect((await stage().app.getWallet(userId)).balance).toBe(500);
  });

  it('refuses a key that came before with another body', async () => {
    const userId = stage().newUser();
    const request = stage().newRequest(userId);
    granted(await charge(userId, 500, request));
    const other = await charge(userId, 600, { ...request, fingerprint: 'another body' });
    expect(other).toEqual(refused('IDEMPOTENCY_KEY_REUSED'));
    expect((await stage().app.getWallet(userId)).balance).toBe(500);
  });

  it('charges again for the same key on another path', async () => {
    const userId = stage().newUser();
    const request = stage().newRequest(userId);
    granted(await charge(userId, 500, request));
    granted(await charge(userId, 500, { ...request, operation: 'POST /v1/elsewhere' }));
    expect((await stage().app.getWallet(userId)).balance).toBe(1_000);
  });

  it('loses nothing of many charges at once', async () => {
    const userId = stage().newUser();
    await Promise.all(Array.from({ length: 20 }, () => charge(userId, 10)));
    expect((await stage().app.getWallet(userId)).balance).toBe(200);
  });
});
