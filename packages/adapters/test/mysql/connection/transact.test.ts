import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import {
  mustHold,
  newUser,
  addConcertWithDate,
} from '@frontrow/application/contracts/shared/contract-builders.ts';
import { write } from '@frontrow/application/contracts/shared/contract-support.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createGate } from '@frontrow/tests/support/mysql-test-ports.ts';
import { useMysqlTestPorts } from '@frontrow/tests/support/use-mysql-test-ports.ts';

describe('transact', () => {
  const testPorts = useMysqlTestPorts();

  it('runs the whole work again after a deadlock', async () => {
    const { ports } = testPorts;
    const [a, b] = [newUser(ports), newUser(ports)];
    for (const userId of [a, b]) await write(ports, ({ wallets }) => wallets.lock(userId));
    const gates = { [a]: createGate(), [b]: createGate() };
    let runs = 0;

    /** Locks one wallet, waits until the other is locked, and then locks that one. */
    const chargeBoth = (first: UserId, second: UserId) =>
      write(ports, async ({ wallets }) => {
        runs += 1;
        for (const userId of [first, second]) {
          const { wallet, asOf: createdAt } = await wallets.lock(userId);
          const balanceAfter = wallet.balance + 1;
          const facts = { id: ports.ids.next(), userId, kind: 'CHARGE', paymentId: null } as const;
          await wallets.append([{ ...facts, amount: 1, balanceAfter, createdAt }]);
          gates[userId]?.open();
          await gates[second]?.opened;
        }
      });
    await Promise.all([chargeBoth(a, b), chargeBoth(b, a)]);
    expect(runs).toBe(3);
    expect([await ports.walletReads.find(a), await ports.walletReads.find(b)]).toMatchObject([
      { balance: 2 },
      { balance: 2 },
    ]);
  });

  it('fails after four deadlocks', async () => {
    let runs = 0;
    const work = testPorts.ports.transact(async () => {
      runs += 1;
      throw new Unavailable('mysql', { cause: Object.assign(new Error('Deadlock found'), { errno: 1213 }) });
    }, 'STAFF');
    await expect(work).rejects.toThrow(Unavailable);
    expect(runs).toBe(4);
  });

  it('throws Unavailable after too long a wait for a row, and does not run the work again', async () => {
    const { ports } = testPorts;
    const userId = newUser(ports);
    const [locked, release] = [createGate(), createGate()];
    const holding = write(ports, async ({ wallets }) => {
      await wallets.lock(userId);
      locked.open();
      await release.opened;
    });
    await locked.opened;
    let runs = 0;
    const waiting = write(ports, ({ wallets }) => {
      runs += 1;
      return wallets.lock(userId);
    });
    await expect(waiting).rejects.toThrow(Unavailable);
    expect(runs).toBe(1);
    release.open();
    await holding;
  });

  it('stores nothing of work whose connection is lost, and continues on another connection', async () => {
    const { ports, mysql } = testPorts;
    const onSale = await addConcertWithDate(ports);
    const userId = newUser(ports);
    const work = ports.transact(async (unit) => {
      const request = { eventId: onSale.event.id, seatNumbers: [1], reservationId: ports.ids.next() };
      await unit.seats.hold([{ ...request, ttlMs: 60_000 }], 'WAIT');
      await killTheConnectionOfTheTransaction();
      await unit.wallets.lock(userId);
      return ok(undefined);
    }, 'STAFF');
    await expect(work).rejects.toThrow(Unavailable);
    expect((await ports.seatReads.list(onSale.event.id, [])).seats[0]?.status).toBe('AVAILABLE');
    await mustHold(ports, onSale, { userId, seatNumbers: [1] });
    expect(mysql.poolStates()).toMatchObject({ inUse: 0, waiting: 0 });
  });

  async function killTheConnectionOfTheTransaction(): Promise<void> {
    const { db } = testPorts.mysql;
    const { rows } = await sql<{ id: string }>`
      select distinct t.processlist_id as id
      from performance_schema.data_locks as l
      join performance_schema.threads as t on t.thread_id = l.thread_id
      where t.processlist_db = database()`.execute(db);
    expect(rows).toHaveLength(1);
    await sql`kill ${sql.lit(Number(rows[0]?.id))}`.execute(db);
  }
});
