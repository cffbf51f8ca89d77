import { ADMISSION_POLICY_DEFAULT } from '@frontrow/domain/waiting-room/admission.ts';
import { HOLD_POLICY_DEFAULT } from '@frontrow/domain/booking/hold-policy.ts';
import { describe, expect, it } from 'vitest';
import { unwrap, refused } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('changePolicy ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  it('changes the given settings and no others', async () => {
    const { concertId } = await fixture().openSale();
    const change = {
      by: BY_STAFF,
      concertId,
      admission: { batchSize: 7, maxActive: 3 },
      hold: { ttlMs: 1_234 },
    };
    const changed = {
      admission: { ...ADMISSION_POLICY_DEFAULT, batchSize: 7, maxActive: 3 },
      hold: { ...HOLD_POLICY_DEFAULT, ttlMs: 1_234 },
      presale: null,
    };
    expect(await fixture().app.changePolicy(change)).toEqual({ ok: true, value: changed });
    expect(await fixture().app.getPolicy(concertId)).toEqual({ ok: true, value: changed });
    unwrap(
      await fixture().app.changePolicy({ by: BY_STAFF, concertId, admission: { maxActive: null }, hold: {} }),
    );
    const { admission, hold } = unwrap(await fixture().app.getPolicy(concertId));
    expect([admission.maxActive, admission.batchSize, hold.ttlMs]).toEqual([null, 7, 1_234]);
  });

  it('keeps all of many concurrent changes', async () => {
    const { concertId } = await fixture().openSale();
    await Promise.all([
      fixture().app.changePolicy({ by: BY_STAFF, concertId, admission: { batchSize: 11 }, hold: {} }),
      fixture().app.changePolicy({ by: BY_STAFF, concertId, admission: { maxActive: 12 }, hold: {} }),
      fixture().app.changePolicy({ by: BY_STAFF, concertId, admission: {}, hold: { maxExtensions: 13 } }),
    ]);
    const { admission, hold } = unwrap(await fixture().app.getPolicy(concertId));
    expect([admission.batchSize, admission.maxActive, hold.maxExtensions]).toEqual([11, 12, 13]);
    const { room } = unwrap(await fixture().app.getWaitingRoom(concertId));
    expect(room.config.admission).toEqual(admission);
  });

  it('applies to a waiting room that is already open', async () => {
    const sale = await fixture().openSale();
    await fixture().join(sale);
    await fixture().app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: { state: 'PAUSED' },
      hold: {},
    });
    const { ticket } = await fixture().join(sale);
    expect(await fixture().app.getQueueStatus(ticket)).toMatchObject({ room: 'PAUSED', status: 'WAITING' });
  });

  it('does not change a session that began under an older policy', async () => {
    const sale = await fixture().openSale({ admission: { sessionTtlMs: 60_000 } });
    const { ticket } = await fixture().join(sale);
    await fixture().app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: { sessionTtlMs: 100 },
      hold: {},
    });
    await fixture().advance(150);
    const status = await fixture().app.getQueueStatus(ticket);
    expect(status).toMatchObject({ status: 'ACTIVE', sessionExpiresAt: ticket.sessionExpiresAt });
  });

  it('refuses an unknown concert', async () => {
    const concertId = fixture().ports.ids.next();
    const unknown = refused('NOT_FOUND', { what: 'concert' });
    expect(await fixture().app.changePolicy({ by: BY_STAFF, concertId, admission: {}, hold: {} })).toEqual(
      unknown,
    );
    expect(await fixture().app.getPolicy(concertId)).toEqual(unknown);
  });
});
