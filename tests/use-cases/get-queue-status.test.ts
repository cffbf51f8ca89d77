import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import { describe, expect, it } from 'vitest';
import { type Fan, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('getQueueStatus ($name)', ({ open }) => {
  const stage = useSaleFixture(open);
  const statusOf = ({ ticket }: Fan) => stage().app.getQueueStatus(ticket);
  /** A poll may be answered from a snapshot of the room that is a moment old. */
  const snapshotHasAged = () => stage().advance(1_100);

  it('signs a ticket anew only as the session begins', async () => {
    const sale = await stage().openSale({ admission: { maxActive: 1, sessionTtlMs: 45_678 } });
    const [first, second] = [await stage().join(sale), await stage().join(sale)];
    expect(await statusOf(first)).not.toHaveProperty('token');
    expect(await statusOf(second)).not.toHaveProperty('token');
    await stage().app.leaveQueue(first.ticket);
    await stage().app.admitWaiting();
    await snapshotHasAged();
    const active = await statusOf(second);
    expect(active).toMatchObject({ status: 'ACTIVE', position: 0, sessionExpiresAt: active.asOf + 45_678 });
    const ticket = stage().ports.tokenSigner.verify(active.token ?? '');
    expect(ticket).toEqual({ ...second.ticket, sessionExpiresAt: active.sessionExpiresAt });
    if (ticket === null) return;
    const later = await stage().app.getQueueStatus(ticket);
    expect(later).toMatchObject({ status: 'ACTIVE', sessionExpiresAt: active.sessionExpiresAt });
    expect(later).not.toHaveProperty('token');
  });

  it('answers an end for a while, with null in the rest', async () => {
    const sale = await stage().openSale({ admission: { sessionTtlMs: 1_000 } });
    const [left, late] = [await stage().join(sale), await stage().join(sale)];
    await stage().app.leaveQueue(left.ticket);
    await stage().advance(1_050);
    const nothing: Partial<QueueStatus> = {
      position: null,
      parked: false,
      estimatedWaitSeconds: null,
      pollAfterMs: null,
      sessionExpiresAt: null,
    };
    for (const [fan, status] of [
      [left, 'LEFT'],
      [late, 'EXPIRED'],
    ] as const) {
      const ended = await statusOf(fan);
      expect(ended).toMatchObject({
        ...nothing,
        concertId: sale.concertId,
        status,
        issuedAt: fan.ticket.issuedAt,
      });
      expect(ended).not.toHaveProperty('token');
    }
  });

  it('moves up the line and never back', async () => {
    const sale = await stage().openSale({ admission: { state: 'PAUSED' } });
    const fans = [await stage().join(sale), await stage().join(sale), await stage().join(sale)];
    const positions: (number | null)[] = [];
    for (const fan of fans) {
      positions.push((await statusOf(fans[2]!)).position);
      await stage().app.leaveQueue(fan.ticket);
      await stage().join(sale);
      await snapshotHasAged();
    }
    expect(positions).toEqual([3, 2, 1]);
  });

  it('tells a fan who missed the claim window to have been parked, and lets that fan in first', async () => {
    const sale = await stage().openSale({ admission: { maxActive: 1, claimTtlMs: 300 } });
    const [first, late, next] = [
      await stage().join(sale),
      await stage().join(sale),
      await stage().join(sale),
    ];
    await stage().app.leaveQueue(first.ticket);
    await stage().app.admitWaiting();
    await stage().advance(350);
    await stage().app.changePolicy({
      concertId: sale.concertId,
      admission: { claimTtlMs: 60_000 },
      hold: {},
    });
    await stage().app.expireSessions();
    expect(await statusOf(late)).toMatchObject({ status: 'WAITING', parked: true, position: 0 });
    expect(await statusOf(next)).toMatchObject({ status: 'WAITING', parked: false, position: 1 });
    await stage().app.admitWaiting();
    await snapshotHasAged();
    expect((await statusOf(late)).status).toBe('ACTIVE');
    expect((await statusOf(next)).status).toBe('WAITING');
  });

  it('tells of a paused room', async () => {
    const sale = await stage().openSale({ admission: { state: 'PAUSED' } });
    const status = await statusOf(await stage().join(sale));
    expect(status).toMatchObject({
      room: 'PAUSED',
      status: 'WAITING',
      position: 1,
      estimatedWaitSeconds: null,
    });
    expect(status.pollAfterMs).toBeGreaterThanOrEqual(16_000);
  });
});
