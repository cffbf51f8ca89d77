import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { unwrap, refused } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('issueQueueToken ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const issue = (concertId: string, userId = fixture().newUser()) =>
    fixture().app.issueQueueToken({ concertId, userId });

  it('admits a fan at once if nobody waits, with a ticket that contains the end of the session', async () => {
    const { concertId } = await fixture().openSale({ admission: { sessionTtlMs: 45_678 } });
    const userId = fixture().newUser();
    const { status, created } = unwrap(await issue(concertId, userId));
    expect(created).toBe(true);
    expect(status).toMatchObject({
      concertId,
      status: 'ACTIVE',
      room: 'OPEN',
      position: 0,
      parked: false,
      estimatedWaitSeconds: 0,
      sessionExpiresAt: status.asOf + 45_678,
    });
    const ticket = fixture().ports.tokenSigner.verify(status.token ?? '');
    const { issuedAt, sessionExpiresAt } = status;
    expect(ticket).toEqual({
      concertId,
      userId,
      sequence: expect.any(Number) as number,
      issuedAt,
      sessionExpiresAt,
    });
  });

  it('returns a position and an estimate of the wait', async () => {
    const { concertId } = await fixture().openSale({ admission: { batchSize: 1, intervalMs: 60_000 } });
    await issue(concertId);
    const second = unwrap(await issue(concertId)).status;
    const third = unwrap(await issue(concertId)).status;
    expect(second).toMatchObject({ status: 'WAITING', room: 'OPEN', position: 1, sessionExpiresAt: null });
    expect(third).toMatchObject({ status: 'WAITING', position: 2 });
    expect(second.estimatedWaitSeconds).toBeGreaterThan(50);
    expect(second.estimatedWaitSeconds).toBeLessThanOrEqual(60);
    expect(third.estimatedWaitSeconds).toBe((second.estimatedWaitSeconds ?? 0) + 60);
    expect(third.pollAfterMs).toBeGreaterThanOrEqual(800);
  });

  it('returns the same place again, with a new ticket', async () => {
    const { concertId } = await fixture().openSale({ admission: { state: 'PAUSED' } });
    const userId = fixture().newUser();
    const first = unwrap(await issue(concertId, userId));
    await fixture().advance(20);
    const again = unwrap(await issue(concertId, userId));
    expect([first.created, again.created]).toEqual([true, false]);
    expect(again.status.position).toBe(1);
    const verify = (token = '') => fixture().ports.tokenSigner.verify(token);
    expect(verify(first.status.token)).not.toBeNull();
    expect(verify(again.status.token)).toEqual(verify(first.status.token));
  });

  it('gives one place to a user who joins from many devices at the same time', async () => {
    const { concertId } = await fixture().openSale();
    const userId = fixture().newUser();
    const answers = await Promise.all(Array.from({ length: 10 }, () => issue(concertId, userId)));
    expect(answers.map(unwrap).filter(({ created }) => created)).toHaveLength(1);
    const tokens = answers.map((answer) => unwrap(answer).status.token ?? '');
    const sequences = tokens.map((token) => fixture().ports.tokenSigner.verify(token)?.sequence);
    expect(new Set(sequences).size).toBe(1);
  });

  it('lets fans wait before the booking window opens', async () => {
    const now = fixture().ports.clock.now();
    const event = { reservationStartAt: now + HOUR_MS, reservationEndAt: now + 2 * HOUR_MS };
    const { concertId } = await fixture().openSale({ event });
    const { status } = unwrap(await issue(concertId));
    expect(status).toMatchObject({
      status: 'WAITING',
      room: 'NOT_OPEN',
      position: 1,
      estimatedWaitSeconds: null,
    });
  });

  it('lets fans wait for a concert that has no date yet', async () => {
    const facts = { title: 'Soon', artist: 'Someone', description: '', request: null, by: BY_STAFF };
    const { id } = unwrap(await fixture().app.createConcert(facts)).value;
    expect(unwrap(await issue(id)).status).toMatchObject({ status: 'WAITING', room: 'NOT_OPEN' });
  });

  it('refuses an unknown concert', async () => {
    expect(await issue(fixture().ports.ids.next())).toEqual(refused('NOT_FOUND', { what: 'concert' }));
  });

  it('refuses to join when the booking window of every date has ended', async () => {
    const now = fixture().ports.clock.now();
    const past = { reservationStartAt: now - 2 * HOUR_MS, reservationEndAt: now - HOUR_MS };
    const sale = await fixture().openSale({ event: past });
    expect(await issue(sale.concertId)).toEqual(refused('ROOM_CLOSED'));
    await fixture().addDate(sale, {});
    expect(unwrap(await issue(sale.concertId)).status.room).toBe('OPEN');
  });
});
