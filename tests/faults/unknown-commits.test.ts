import { createMysqlPorts } from '@frontrow/adapters/mysql/mysql-ports.ts';
import { type Mysql, openMysql } from '@frontrow/adapters/mysql/connection/open-mysql.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openRealEnvironment } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase } from '../support/mysql-database.ts';
import { unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { type TcpProxy, openTcpProxy } from '../support/tcp-proxy.ts';

describe('a commit whose answer is lost', () => {
  let proxy: TcpProxy;
  let mysql: Mysql;
  /** Only transactions pass the proxy. */
  const fixture = useSaleFixture(async () => {
    const database = await createTestDatabase();
    proxy = await openTcpProxy(database.url);
    mysql = openMysql({ url: proxy.url, poolSize: 1 });
    const environment = await openRealEnvironment(database);
    const { transact } = createMysqlPorts(mysql.db, { seatHoldStrategy: 'grouped' });
    const ports = { ...environment.ports, transact };
    return { ...environment, ports, app: createApplication(ports) };
  });
  afterAll(async () => {
    await mysql.close();
    await proxy.close();
  });

  /** Writes; the commit takes effect, which `isDone` sees, and then the connection breaks without an answer. */
  async function loseAnswer(write: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> {
    const swallowed = proxy.swallowAnswerTo('commit');
    const outcome = Promise.allSettled([write()]);
    await swallowed;
    await eventually(async () => expect(await isDone()).toBe(true));
    proxy.setMode('CUT');
    expect(await outcome).toMatchObject([{ reason: expect.any(Unavailable) }]);
    proxy.setMode('PASS');
  }

  it('is unavailable, and the same request has one effect: a charge and a payment', async () => {
    const { app, ports } = fixture();
    const newRequest = () => fixture().newRequest(userId);
    const sale = await fixture().openSale();
    const fan = await fixture().join(sale);
    const { userId } = fan;
    const balance = async () => (await app.getWallet(userId)).balance;

    const charging = { userId, amount: 1_000, request: newRequest() };
    await loseAnswer(
      () => app.chargeWallet(charging),
      async () => (await balance()) === 1_000,
    );
    unwrap(await app.chargeWallet(charging));
    expect(await balance()).toBe(1_000);

    const { reservation } = await fixture().createHold(sale, [1], fan);
    const paying = { userId, reservationId: reservation.id, request: newRequest() };
    await loseAnswer(
      () => app.payReservation(paying),
      async () => (await balance()) === 0,
    );
    unwrap(await app.payReservation(paying));
    expect(await balance()).toBe(0);
    const { items } = await ports.paymentReads.list(userId, { limit: 10, cursor: null });
    expect(items).toHaveLength(1);
  });
});
