import { createApplication } from '@frontrow/application/application.ts';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { unwrap } from '../support/results.ts';
import { appWithFailingRoomEnd, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('relayOutbox ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  /** The use cases while Redis is down: the cache and the waiting room accept no change. */
  function appWithoutRedis() {
    const { cache, waitingRoom, ...rest } = fixture().ports;
    const ports: Ports = {
      ...rest,
      cache: { ...cache, invalidate: failAsUnavailable },
      waitingRoom: { ...waitingRoom, configure: failAsUnavailable, end: failAsUnavailable },
    };
    return createApplication(ports);
  }
  /** The end is in the database alone. */
  async function leaveWithoutRoom(ticket: Ticket): Promise<void> {
    const { leaveQueue } = appWithFailingRoomEnd(fixture());
    // On a busy machine some of a crowd wait too long for MySQL.
    await eventually(() => expect(leaveQueue(ticket)).rejects.toMatchObject({ dependency: 'redis' }));
  }
  async function drain(): Promise<void> {
    await fixture().app.relayOutbox();
    expect(await fixture().ports.outboxReads.oldestAgeMs()).toBe(0);
  }

  it('delivers the changes that were made while Redis was down', async () => {
    const sale = await fixture().openSale();
    const { ticket } = await fixture().join(sale);
    await fixture().app.getConcert(sale.concertId);
    const app = appWithoutRedis();
    await app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: { state: 'PAUSED' },
      hold: {},
    });
    await expect(app.leaveQueue(ticket)).rejects.toThrow(Unavailable);
    expect((await fixture().ports.waitingRoom.checkIn(ticket)).token.status).toBe('ACTIVE');
    await drain();
    const { token, room } = await fixture().ports.waitingRoom.checkIn(ticket);
    expect([token.status, room.config.admission.state]).toEqual(['LEFT', 'PAUSED']);
  });

  it('invalidates the list of dates that was cached before Redis went down', async () => {
    const sale = await fixture().openSale();
    const list = () =>
      fixture().app.listEvents({
        concertId: sale.concertId,
        bookable: false,
        page: { limit: 9, cursor: null },
      });
    expect(unwrap(await list()).items).toHaveLength(1);
    unwrap(
      await appWithoutRedis().createEvent({
        by: BY_STAFF,
        ...sale.event,
        request: fixture().newRequest('staff'),
      }),
    );
    await drain();
    expect(unwrap(await list()).items).toHaveLength(2);
  });

  it('keeps an undelivered message and retries it after a second', async () => {
    const sale = await fixture().openSale();
    const { ticket } = await fixture().join(sale);
    await drain();
    await leaveWithoutRoom(ticket);
    expect(await appWithFailingRoomEnd(fixture()).relayOutbox()).toBe(0);
    expect(await fixture().app.relayOutbox()).toBe(0);
    await fixture().advance(1_100);
    expect(await fixture().ports.outboxReads.oldestAgeMs()).toBeGreaterThan(1_000);
    expect(await fixture().app.relayOutbox()).toBe(1);
    expect((await fixture().ports.waitingRoom.checkIn(ticket)).token.status).toBe('LEFT');
  });

  it('delivers all messages with several concurrent relays', async () => {
    await drain();
    const sale = await fixture().openSale();
    await drain();
    const fans = await Promise.all(Array.from({ length: 120 }, () => fixture().join(sale)));
    await Promise.all(fans.map(({ ticket }) => leaveWithoutRoom(ticket)));
    await Promise.all([1, 2, 3].map(() => fixture().app.relayOutbox()));
    await eventually(async () => {
      await fixture().app.relayOutbox(); // what Redis did not take in time is due later
      const room = unwrap(await fixture().app.getWaitingRoom(sale.concertId));
      expect(room).toMatchObject({ active: 0, waiting: 0 });
    });
  });
});

function failAsUnavailable(): Promise<never> {
  return Promise.reject(new Unavailable('redis'));
}
