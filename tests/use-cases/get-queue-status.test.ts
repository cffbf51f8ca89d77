import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import { describe, expect, it } from 'vitest';
import { type FanWithTicket, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('getQueueStatus ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const statusOf = ({ ticket }: FanWithTicket) => fixture().app.getQueueStatus(ticket);
  /** Polls are answered from a snapshot of the room, which is fresh for less than this time. */
  const waitForNewSnapshot = () => fixture().advance(1_100);

  it('returns a new ticket only when the session begins', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1, sessionTtlMs: 45_678 } });
    const [first, second] = [await fixture().join(sale), await fixture().join(sale)];
    expect(await statusOf(first)).not.toHaveProperty('token');
    expect(await statusOf(second)).not.toHaveProperty('token');
    await fixture().app.leaveQueue(first.ticket);
    await fixture().app.admitWaiting();
    await waitForNewSnapshot();
    const active = await statusOf(second);
    expect(active).toMatchObject({ status: 'ACTIVE', position: 0, sessionExpiresAt: active.asOf + 45_678 });
    const ticket = fixture().ports.tokenSigner.verify(active.token ?? '');
    expect(ticket).toEqual({ ...second.ticket, sessionExpiresAt: active.sessionExpiresAt });
    if (ticket === null) return;
    const later = await fixture().app.getQueueStatus(ticket);
    expect(later).toMatchObject({ status: 'ACTIVE', sessionExpiresAt: active.sessionExpiresAt });
    expect(later).not.toHaveProperty('token');
  });

  it('returns the status of an ended place, with null for everything else', async () => {
    const sale = await fixture().openSale({ admission: { sessionTtlMs: 3_000 } });
    const [left, late] = [await fixture().join(sale), await fixture().join(sale)];
    await fixture().app.leaveQueue(left.ticket);
    await fixture().advance(3_050);
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

  it('shows a position that decreases as others leave', async () => {
    const sale = await fixture().openSale({ admission: { state: 'PAUSED' } });
    const fans = [await fixture().join(sale), await fixture().join(sale), await fixture().join(sale)];
    const positions: (number | null)[] = [];
    for (const fan of fans) {
      positions.push((await statusOf(fans[2]!)).position);
      await fixture().app.leaveQueue(fan.ticket);
      await fixture().join(sale);
      await waitForNewSnapshot();
    }
    expect(positions).toEqual([3, 2, 1]);
  });

  it('shows a fan who missed the claim window as parked, and admits that fan first', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1, claimTtlMs: 300 } });
    const [first, late, next] = [
      await fixture().join(sale),
      await fixture().join(sale),
      await fixture().join(sale),
    ];
    await fixture().app.leaveQueue(first.ticket);
    await fixture().app.admitWaiting();
    await fixture().advance(350);
    await fixture().app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: { claimTtlMs: 60_000 },
      hold: {},
    });
    await fixture().app.expireSessions();
    expect(await statusOf(late)).toMatchObject({ status: 'WAITING', parked: true, position: 0 });
    expect(await statusOf(next)).toMatchObject({ status: 'WAITING', parked: false, position: 1 });
    await fixture().app.admitWaiting();
    await waitForNewSnapshot();
    expect((await statusOf(late)).status).toBe('ACTIVE');
    expect((await statusOf(next)).status).toBe('WAITING');
  });

  it('shows a paused room', async () => {
    const sale = await fixture().openSale({ admission: { state: 'PAUSED' } });
    const status = await statusOf(await fixture().join(sale));
    expect(status).toMatchObject({
      room: 'PAUSED',
      status: 'WAITING',
      position: 1,
      estimatedWaitSeconds: null,
    });
    expect(status.pollAfterMs).toBeGreaterThanOrEqual(16_000);
  });
});
