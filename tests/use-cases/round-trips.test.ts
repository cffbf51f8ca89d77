import { openMysql, type Mysql } from '@frontrow/adapters/mysql/connection/open-mysql.ts';
import { createMysqlPorts } from '@frontrow/adapters/mysql/mysql-ports.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openRealEnvironment } from '../support/environments.ts';
import { createTestDatabase } from '../support/mysql-database.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { type TcpProxy, openTcpProxy } from '../support/tcp-proxy.ts';

describe('the round trips to MySQL of a request that runs alone', () => {
  let proxy: TcpProxy;
  let mysql: Mysql;
  /** Only transactions and the reads of seats pass the proxy, because caches read the catalog at other times. */
  const fixture = useSaleFixture(async () => {
    const database = await createTestDatabase();
    proxy = await openTcpProxy(database.url);
    mysql = openMysql({ url: proxy.url, poolSize: 1 });
    const environment = await openRealEnvironment(database);
    const { transact, seatReads } = createMysqlPorts(mysql.db, { seatHoldStrategy: 'grouped' });
    const ports = { ...environment.ports, transact, seatReads };
    return { ...environment, ports, app: createApplication(ports) };
  });
  afterAll(async () => {
    await mysql.close();
    await proxy.close();
  });

  it('are five of a hold, four of a payment and five of a charge', async () => {
    // Opens the connection.
    const sale = await fixture().openSale();
    const fan = await fixture().join(sale);
    const sent = [proxy.sent()];
    const { reservation } = await fixture().createHold(sale, [1, 2], fan);
    sent.push(proxy.sent());
    await fixture().charge(fan.userId, reservation.totalAmount);
    sent.push(proxy.sent());
    expect((await fixture().pay(fan.userId, reservation.id)).ok).toBe(true);
    sent.push(proxy.sent());
    const [hold, charge, payment] = sent.slice(1).map((after, index) => after - sent[index]!);
    expect({ hold, charge, payment }).toEqual({ hold: 5, charge: 5, payment: 4 });
  });
});
