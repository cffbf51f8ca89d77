import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { ADMIN, newKey } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

const READER = { as: 'staff', scope: 'sales:read' } as const;
const SERVICE = { as: 'payments', scope: 'wallet:charge' } as const;

const charge = (userId?: string) => ({
  key: newKey(),
  body: { amount: 10, ...(userId ? { userId } : {}) },
});

describe('staff', () => {
  it('see the wallet of a user, and correct it with a reason', async () => {
    const { call } = createTestServer();
    const adjust = (amount: number, reason = 'Charged twice') =>
      call('POST /v1/admin/users/fan/wallet/adjustments', {
        ...ADMIN,
        key: newKey(),
        body: { amount, reason },
      });
    const adjusted = await adjust(700);
    expect([adjusted.status, adjusted.body]).toMatchObject([
      201,
      { type: 'ADJUSTMENT', amount: 700, balanceAfter: 700, paymentId: null },
    ]);
    expect(refusalOf(await adjust(-701))).toEqual([402, 'INSUFFICIENT_BALANCE']);
    for (const [amount, reason] of [
      [0, 'x'],
      [1.5, 'x'],
      [1, ' '],
      [1, 'a\nb'],
      [1, 'x'.repeat(501)],
    ] as const)
      expect(refusalOf(await adjust(amount, reason))).toEqual([400, 'VALIDATION_FAILED']);

    expect((await call('GET /v1/admin/users/fan/wallet', READER)).body).toMatchObject({ balance: 700 });
    const entries = await call('GET /v1/admin/users/fan/wallet/entries', READER);
    expect(entries.body).toEqual({ items: [adjusted.body], nextCursor: null });
    expect((await call('GET /v1/wallet/entries', { as: 'fan' })).body).toEqual(entries.body);
    expect((await call('GET /v1/admin/users/nobody/wallet', READER)).body.balance).toBe(0);
  });
});

describe('a service that takes the money', () => {
  it.each(['open', 'scoped'] as const)(
    'charges any wallet by its scope, where charges are %s',
    async (mode) => {
      const { call } = createTestServer({ walletCharges: mode });
      const charged = await call('POST /v1/wallet/charges', { ...SERVICE, ...charge('fan') });
      expect([charged.status, charged.body.balanceAfter]).toEqual([201, 10]);
      expect((await call('GET /v1/wallet', { as: 'fan' })).body.balance).toBe(10);
      expect((await call('GET /v1/wallet', SERVICE)).body.balance).toBe(0);
      const others = { as: 'fan', scope: 'sales:read sales:write check-in', ...charge('another') };
      expect(refusalOf(await call('POST /v1/wallet/charges', others))).toEqual([403, 'FORBIDDEN']);
    },
  );

  it('is the only one that charges a wallet where charges are scoped', async () => {
    const { call } = createTestServer({ walletCharges: 'scoped' });
    for (const own of [charge(), charge('fan')])
      expect(refusalOf(await call('POST /v1/wallet/charges', { as: 'fan', ...own }))).toEqual([
        403,
        'FORBIDDEN',
      ]);
    expect(refusalOf(await call('POST /v1/wallet/charges', charge('fan')))).toEqual([401, 'UNAUTHENTICATED']);
    const nobody = await call('POST /v1/wallet/charges', { ...SERVICE, ...charge() });
    expect([refusalOf(nobody), nobody.body.errors]).toEqual([
      [400, 'VALIDATION_FAILED'],
      [{ pointer: '/userId', detail: 'must name the user whose wallet is charged' }],
    ]);
    expect((await call('GET /v1/wallet', { as: 'fan' })).body.balance).toBe(0);
  });

  it('leaves every user their own wallet where charges are open', async () => {
    const { call } = createTestServer({ walletCharges: 'open' });
    for (const own of [charge(), charge('fan')])
      expect((await call('POST /v1/wallet/charges', { as: 'fan', ...own })).status).toBe(201);
    expect((await call('GET /v1/wallet', { as: 'fan' })).body.balance).toBe(20);
  });
});
