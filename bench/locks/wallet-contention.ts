import { randomUUID } from 'node:crypto';
import { UNTRACED } from '@frontrow/application/ports/shared/traces.ts';
import { createChargeWallet } from '@frontrow/application/use-cases/payments/charge-wallet.ts';
import { idempotently } from '@frontrow/application/shared/idempotently.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { spend } from '@frontrow/domain/payments/wallet.ts';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { unwrap } from '@frontrow/tests/support/results.ts';
import type { Testbed } from '../harness/testbed.ts';
import { type ContentionRun, readCounters, readDeadlocks, summarise } from './contention-in-process.ts';
import type { Strategies } from './hold-variants.ts';

const AMOUNT = 100;

/**
 * Half of the users charge one wallet and the other half spend from it, all at the same moment and each under an
 * idempotency key. Spending changes the wallet as a payment does. The wallet has one strategy, its row lock.
 */
export async function runWalletContention(
  { ports }: Testbed,
  db: Connection,
  { transact }: Strategies,
  users: number,
): Promise<ContentionRun> {
  const { ids } = ports;
  let attempts = 0;
  const counted: typeof transact = (work, subject) => {
    attempts += 1;
    return transact(work, subject);
  };
  const chargeWallet = createChargeWallet({ transact: counted, ids, traces: UNTRACED });
  const userId = randomUUID();
  const newRequest = () => ({ userId, operation: 'POST /x', key: randomUUID(), fingerprint: 'f' });
  const charge = async (amount: number) =>
    void unwrap(await chargeWallet({ userId, amount, request: newRequest() }));
  const pay = async () =>
    void unwrap(
      await counted(
        (unit) =>
          idempotently(unit.idempotency, newRequest(), async () => {
            const { wallet, asOf: createdAt } = await unit.wallets.lock(userId);
            const spent = unwrap(spend(wallet, AMOUNT));
            await unit.wallets.append([
              { ...spent, id: ids.next(), userId, paymentId: ids.next(), createdAt },
            ]);
            return ok(null);
          }),
        { userId },
      ),
    );

  // The balance covers every spending, because a refusal would be less work.
  await charge(users * AMOUNT);
  attempts = 0;
  const deadlocks = await readDeadlocks(db);
  const before = await readCounters(db);
  const startedAt = performance.now();
  const latencies = await Promise.all(
    Array.from({ length: users }, async (_, index) => {
      await (index % 2 === 0 ? charge(AMOUNT) : pay());
      return performance.now() - startedAt;
    }),
  );
  const after = await readCounters(db);
  await assertLedger(db, userId, users);
  return {
    ...summarise(latencies),
    commits: users,
    refusals: 0,
    deadlocks: (await readDeadlocks(db)) - deadlocks,
    retries: after.begins - before.begins - attempts,
    statementsPerUser: (after.questions - before.questions - 1) / users,
  };
}

async function assertLedger(db: Connection, userId: string, users: number): Promise<void> {
  const [[row]] = await db.query<RowDataPacket[]>(
    `select w.balance, count(*) as entries, sum(e.amount) as total, sum(e.kind = 'PAYMENT') as payments
     from wallet w join wallet_entry e on e.user_id = w.user_id where w.user_id = ? group by w.user_id`,
    [userId],
  );
  const [balance, entries, total, payments] = ['balance', 'entries', 'total', 'payments'].map((column) =>
    Number(row?.[column]),
  );
  const isRight =
    balance === users * AMOUNT && total === balance && entries === users + 1 && payments === users / 2;
  if (!isRight) throw new Error(`the ledger does not add up: ${JSON.stringify(row)}`);
}
