import { MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import { describe, expect, it } from 'vitest';
import { unwrap, refused } from '../support/results.ts';
import { repeatWhileUnavailable } from '../support/repeat-while-unavailable.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('chargeWallet ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const charge = (userId: string, amount: number, request = fixture().newRequest(userId)) =>
    fixture().app.chargeWallet({ userId, amount, request });

  it('adds to the balance and to the ledger', async () => {
    const userId = fixture().newUser();
    expect(await fixture().app.getWallet(userId)).toEqual({ userId, balance: 0 });
    const first = unwrap(await charge(userId, 700)).value;
    const second = unwrap(await charge(userId, 300)).value;
    expect(second).toMatchObject({
      userId,
      kind: 'CHARGE',
      amount: 300,
      balanceAfter: 1_000,
      paymentId: null,
    });
    expect(await fixture().app.getWallet(userId)).toEqual({ userId, balance: 1_000 });
    const { items, nextCursor } = await fixture().app.listWalletEntries(userId, { limit: 1, cursor: null });
    expect(items).toEqual([second]);
    const rest = await fixture().app.listWalletEntries(userId, { limit: 1, cursor: nextCursor });
    expect(rest).toEqual({ items: [first], nextCursor: null });
  });

  it('refuses a charge that would exceed the largest balance', async () => {
    const userId = fixture().newUser();
    unwrap(await charge(userId, MONEY_MAX));
    expect(await charge(userId, 1)).toEqual(refused('WALLET_LIMIT_EXCEEDED', { balanceMax: MONEY_MAX }));
    expect((await fixture().app.getWallet(userId)).balance).toBe(MONEY_MAX);
  });

  it('charges once for a repeated request, also for concurrent ones', async () => {
    const userId = fixture().newUser();
    const request = fixture().newRequest(userId);
    const answers = await Promise.all([1, 2, 3, 4].map(() => charge(userId, 500, request)));
    expect(answers.map(unwrap).filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map((answer) => unwrap(answer).value.id)).size).toBe(1);
    expect((await fixture().app.getWallet(userId)).balance).toBe(500);
  });

  it('refuses a key that was used with another body', async () => {
    const userId = fixture().newUser();
    const request = fixture().newRequest(userId);
    unwrap(await charge(userId, 500, request));
    const other = await charge(userId, 600, { ...request, fingerprint: 'another body' });
    expect(other).toEqual(refused('IDEMPOTENCY_KEY_REUSED'));
    expect((await fixture().app.getWallet(userId)).balance).toBe(500);
  });

  it('charges again for the same key on another path', async () => {
    const userId = fixture().newUser();
    const request = fixture().newRequest(userId);
    unwrap(await charge(userId, 500, request));
    unwrap(await charge(userId, 500, { ...request, operation: 'POST /v1/elsewhere' }));
    expect((await fixture().app.getWallet(userId)).balance).toBe(1_000);
  });

  it('adds up many concurrent charges', async () => {
    const userId = fixture().newUser();
    const requests = Array.from({ length: 20 }, () => fixture().newRequest(userId));
    await Promise.all(requests.map((request) => repeatWhileUnavailable(() => charge(userId, 10, request))));
    expect((await fixture().app.getWallet(userId)).balance).toBe(200);
  });
});
