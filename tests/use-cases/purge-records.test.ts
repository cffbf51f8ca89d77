import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { openMemoryEnvironment } from '../support/environments.ts';

/** Only in memory, because days pass. */
describe('purgeRecords', () => {
  const fixture = useSaleFixture(openMemoryEnvironment);

  it('keeps the stored answer of a request for more than a day, and then deletes it', async () => {
    const userId = fixture().newUser();
    const request = fixture().newRequest(userId);
    const charge = async () => unwrap(await fixture().app.chargeWallet({ userId, amount: 100, request }));
    await charge();
    await fixture().advance(25 * HOUR_MS);
    await fixture().app.purgeRecords();
    expect((await charge()).replayed).toBe(true);
    await fixture().advance(24 * HOUR_MS);
    expect(await fixture().app.purgeRecords()).toBeGreaterThan(0);
    expect((await charge()).replayed).toBe(false);
    expect(await fixture().app.purgeRecords()).toBe(0);
  });

  it('deletes delivered messages and no others', async () => {
    const sale = await fixture().openSale();
    await fixture().app.relayOutbox();
    const { ticket } = await fixture().join(sale);
    await fixture().app.leaveQueue(ticket);
    await fixture().advance(25 * HOUR_MS);
    expect(await fixture().app.purgeRecords()).toBeGreaterThan(0);
    expect(await fixture().app.relayOutbox()).toBe(1);
  });

  it('keeps the end of a place for as long as a ticket can restore it, and then deletes it', async () => {
    const sale = await fixture().openSale();
    const { ticket } = await fixture().join(sale);
    await fixture().app.leaveQueue(ticket);
    const end = () => fixture().ports.queueEndReads.find(ticket);
    await fixture().advance(24 * HOUR_MS);
    await fixture().app.purgeRecords();
    expect(await end()).toBe('LEFT');
    await fixture().advance(1.1 * HOUR_MS);
    await fixture().app.purgeRecords();
    expect(await end()).toBeNull();
  });

  it('deletes more than one batch in a call', async () => {
    await fixture().advance(100 * HOUR_MS);
    await fixture().app.purgeRecords();
    const userId = fixture().newUser();
    for (let count = 0; count < 2_050; count += 1) await fixture().charge(userId, 1);
    await fixture().advance(49 * HOUR_MS);
    expect(await fixture().app.purgeRecords()).toBe(2_050);
  });
});
