import { describe, expect, it } from 'vitest';
import { granted, HOUR_MS, useSaleFixture } from '../support/sale-fixture.ts';
import { openMemoryEnvironment } from '../support/environments.ts';

/** Days pass here, so only where time can be told to. */
describe('purgeRecords', () => {
  const stage = useSaleFixture(openMemoryEnvironment);

  it('keeps the answer of a request for a day and longer, then forgets it', async () => {
    const userId = stage().newUser();
    const request = stage().newRequest(userId);
    const charge = async () => granted(await stage().app.chargeWallet({ userId, amount: 100, request }));
    await charge();
    await stage().advance(25 * HOUR_MS);
    await stage().app.purgeRecords();
    expect((await charge()).replayed).toBe(true);
    await stage().advance(24 * HOUR_MS);
    expect(await stage().app.purgeRecords()).toBeGreaterThan(0);
    expect((await charge()).replayed).toBe(false);
    expect(await stage().app.purgeRecords()).toBe(0);
  });

  it('forgets what was delivered, and never what was not', async () => {
    const sale = await stage().openSale();
    await stage().app.relayOutbox();
    const { ticket } = await stage().join(sale);
    await stage().app.leaveQueue(ticket);
    await stage().advance(25 * HOUR_MS);
    expect(await stage().app.purgeRecords()).toBeGreaterThan(0);
    expect(await stage().app.relayOutbox()).toBe(1);
  });

  it('takes more than one batch at once', async () => {
    await stage().advance(100 * HOUR_MS);
    await stage().app.purgeRecords();
    const userId = stage().newUser();
    for (let count = 0; count < 2_050; count += 1) await stage().charge(userId, 1);
    await stage().advance(49 * HOUR_MS);
    expect(await stage().app.purgeRecords()).toBe(2_050);
  });
});
