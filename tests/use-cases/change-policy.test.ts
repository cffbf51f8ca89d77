import { ADMISSION_POLICY_DEFAULT } from '@frontrow/domain/waiting-room/admission.ts';
import { HOLD_POLICY_DEFAULT } from '@frontrow/domain/booking/hold-policy.ts';
import { describe, expect, it } from 'vitest';
import { granted, refused, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('changePolicy ($name)', ({ open }) => {
  const stage = useSaleFixture(open);

  it('changes what it names and nothing else', async () => {
    const { concertId } = await stage().openSale();
    const change = { concertId, admission: { batchSize: 7, maxActive: 3 }, hold: { ttlMs: 1_234 } };
    const changed = {
      admission: { ...ADMISSION_POLICY_DEFAULT, batchSize: 7, maxActive: 3 },
      hold: { ...HOLD_POLICY_DEFAULT, ttlMs: 1_234 },
    };
    expect(await stage().app.changePolicy(change)).toEqual({ ok: true, value: changed });
    expect(await stage().app.getPolicy(concertId)).toEqual({ ok: true, value: changed });
    granted(await stage().app.changePolicy({ concertId, admission: { maxActive: null }, hold: {} }));
    const { admission, hold } = granted(await stage().app.getPolicy(concertId));
    expect([admission.maxActive, admission.batchSize, hold.ttlMs]).toEqual([null, 7, 1_234]);
  });

  it('loses none of many changes at once', async () => {
    const { concertId } = await stage().openSale();
    await Promise.all([
      stage().app.changePolicy({ concertId, admission: { batchSize: 11 }, hold: {} }),
      stage().app.changePolicy({ concertId, admission: { maxActive: 12 }, hold: {} }),
      stage().app.changePolicy({ concertId, admission: {}, hold: { maxExtensions: 13 } }),
    ]);
    const { admission, hold } = granted(await stage().app.getPolicy(concertId));
    expect([admission.batchSize, admission.maxActive, hold.maxExtensions]).toEqual([11, 12, 13]);
    const { room } = granted(await stage().app.getWaitingRoom(concertId));
    expect(room.config.admission).toEqual(admission);
  });

  it('reaches a room that is already open', async () => {
    const sale = await stage().openSale();
    await stage().join(sale);
    await stage().app.changePolicy({ concertId: sale.concertId, admission: { state: 'PAUSED' }, hold: {} });
    const { ticket } = await stage().join(sale);
    expect(await stage().app.getQueueStatus(ticket)).toMatchObject({ room: 'PAUSED', status: 'WAITING' });
  });

  it('leaves a session alone that was granted under an older policy', async () => {
    const sale = await stage().openSale({ admission: { sessionTtlMs: 60_000 } });
    const { ticket } = await stage().join(sale);
    await stage().app.changePolicy({ concertId: sale.concertId, admission: { sessionTtlMs: 100 }, hold: {} });
    await stage().advance(150);
    const status = await stage().app.getQueueStatus(ticket);
    expect(status).toMatchObject({ status: 'ACTIVE', sessionExpiresAt: ticket.sessionExpiresAt });
  });

  it('refuses an unknown concert', async () => {
    const concertId = stage().ports.ids.next();
    const unknown = refused('NOT_FOUND', { what: 'concert' });
    expect(await stage().app.changePolicy({ concertId, admission: {}, hold: {} })).toEqual(unknown);
    expect(await stage().app.getPolicy(concertId)).toEqual(unknown);
  });
});
