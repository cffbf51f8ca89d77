import { MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const PAGE = { limit: 100, cursor: null };

describe.each(environments)('adjustWallet ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const adjust = (userId: string, amount: number, request = fixture().newRequest('staff')) =>
    fixture().app.adjustWallet({ userId, amount, reason: 'Charged twice', request, by: BY_STAFF });
  const balanceOf = async (userId: string) => (await fixture().app.getWallet(userId)).balance;
  const entriesOf = async (userId: string) => (await fixture().app.listWalletEntries(userId, PAGE)).items;
  async function actsOn(userId: string) {
    const filter = { actor: null, target: `wallet/${userId}`, from: null, until: null };
    return (await fixture().app.listAuditLog(filter, PAGE)).items;
  }

  it('moves the balance either way, with an entry in the ledger and one in the audit log', async () => {
    const userId = fixture().newUser();
    const up = unwrap(await adjust(userId, 500)).value;
    const down = unwrap(await adjust(userId, -200)).value;
    expect(await balanceOf(userId)).toBe(300);
    expect(down).toMatchObject({
      userId,
      kind: 'ADJUSTMENT',
      amount: -200,
      balanceAfter: 300,
      paymentId: null,
    });
    expect(await entriesOf(userId)).toEqual([down, up]);
    expect(await actsOn(userId)).toMatchObject([
      { ...BY_STAFF, reason: 'Charged twice', before: { userId, balance: 500 }, after: down },
      { before: { userId, balance: 0 }, after: up },
    ]);
  });

  it('leaves a balance from nothing to the largest', async () => {
    const userId = fixture().newUser();
    unwrap(await adjust(userId, 100));
    const below = refused('INSUFFICIENT_BALANCE', { balance: 100, amount: 101 });
    expect(await adjust(userId, -101)).toEqual(below);
    expect(await adjust(userId, MONEY_MAX)).toEqual(
      refused('WALLET_LIMIT_EXCEEDED', { balanceMax: MONEY_MAX }),
    );
    unwrap(await adjust(userId, -100));
    expect(await balanceOf(userId)).toBe(0);
    expect(await entriesOf(userId)).toHaveLength(2);
    expect(await actsOn(userId)).toHaveLength(2);
  });

  it('adjusts once for a repeated request', async () => {
    const userId = fixture().newUser();
    const request = fixture().newRequest('staff');
    const answers = await Promise.all([1, 2, 3].map(() => adjust(userId, 50, request)));
    expect(new Set(answers.map((answer) => unwrap(answer).value.id)).size).toBe(1);
    expect(await balanceOf(userId)).toBe(50);
    expect(await actsOn(userId)).toHaveLength(1);
  });
});
