import { setTimeout as delay } from 'node:timers/promises';
import { type SessionOptions, type Session, type Sessions, withSessions } from './sessions.ts';
import type { RULES_OF_PAYMENTS } from './rules-of-payments.ts';

type Rule = keyof typeof RULES_OF_PAYMENTS;

/** A payment or a refund that the shards of sales and of wallets do not have the same number of times. */
export type Difference = {
  readonly rule: Rule;
  readonly kind: string;
  readonly userId: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly inSales: number;
  readonly inWallets: number;
};

export type CompareOptions = {
  /** Of payments that are younger, one of the two commits may still be on its way. */
  readonly settlesMs?: number;
};

const SETTLES_MS = 10_000;
/** A payment between its two commits is whole a moment later, unless the tablet of its wallet has ended. */
const LOOKS_MAX = 5;
const BETWEEN_LOOKS_MS = 3_000;

/** What moves money by a sale, once for each row of `payment` and `refund`. Both values are the time that it settles by. */
const IN_SALES = `
  select user_id, 'PAYMENT' as kind, id as payment_id, -amount as amount, '' as entry_id from payment where paid_at <= ?
  union all
  select user_id, 'REFUND', payment_id, amount, wallet_entry_id from refund where refunded_at <= ?`;
/** The same, by the entries of wallets. */
const IN_WALLETS = `
  select user_id, kind, payment_id, amount, if(kind = 'REFUND', id, '') as entry_id from wallet_entry
  where kind in ('PAYMENT', 'REFUND') and created_at <= least(?, ?)`;

/** 256 parts of the users, so that those which differ are small. */
const PART = `crc32(user_id) % 256`;
const KEY = `concat_ws(' ', kind, user_id, payment_id, amount, entry_id)`;

/**
 * What sales and wallets do not agree on. Each shard adds up a digest of its rows for every part of the users, and only
 * parts whose sums differ are read row by row: 10 million payments cost one pass over their tables, and no memory here. What
 * differs is looked at again, on new snapshots, and counts once it differs in every look.
 */
export async function comparePayments(
  options: SessionOptions,
  sessions: Sessions,
  { settlesMs = SETTLES_MS }: CompareOptions,
): Promise<readonly Difference[]> {
  const [row] = await sessions.sales[0]!.select('select @audited_at - interval ? microsecond as settled_at', [
    settlesMs * 1_000,
  ]);
  const settledAt = row!['settled_at'];
  let found = await findDifferences(sessions, settledAt);
  for (let look = 2; look <= LOOKS_MAX && found.size > 0; look += 1) {
    await delay(BETWEEN_LOOKS_MS);
    const again = await withSessions(options, (fresh) => findDifferences(fresh, settledAt));
    found = new Map([...found].filter(([key]) => again.has(key)));
  }
  return [...found.values()];
}

async function findDifferences(
  { sales, accounts }: Sessions,
  settledAt: unknown,
): Promise<ReadonlyMap<string, Difference>> {
  const [inSales, inWallets] = await Promise.all([
    readDigests(sales, IN_SALES, settledAt),
    readDigests(accounts, IN_WALLETS, settledAt),
  ]);
  const found = new Map<string, Difference>();
  for (const part of new Set([...inSales.keys(), ...inWallets.keys()])) {
    if (inSales.get(part) === inWallets.get(part)) continue;
    const counts = new Map<string, Count>();
    await countRows(sales, IN_SALES, { settledAt, part }, counts, 'inSales');
    await countRows(accounts, IN_WALLETS, { settledAt, part }, counts, 'inWallets');
    for (const [key, count] of counts)
      if (count.inSales !== count.inWallets) found.set(key, { rule: ruleOf(count), ...count });
  }
  return found;
}

/** By part, the sum over all shards, as text. */
async function readDigests(
  sessions: readonly Session[],
  rows: string,
  settledAt: unknown,
): Promise<ReadonlyMap<number, string>> {
  const query = `select ${PART} as part,
      cast(sum(cast(conv(left(sha2(${KEY}, 256), 15), 16, 10) as unsigned)) as char) as digest
    from (${rows}) moved group by 1`;
  const sums = new Map<number, bigint>();
  const answers = await Promise.all(sessions.map((session) => session.select(query, [settledAt, settledAt])));
  for (const row of answers.flat()) {
    const part = Number(row['part']);
    sums.set(part, (sums.get(part) ?? 0n) + BigInt(String(row['digest'])));
  }
  return new Map([...sums].map(([part, sum]) => [part, String(sum)]));
}

type Count = Omit<Difference, 'rule' | 'inSales' | 'inWallets'> & {
  inSales: number;
  inWallets: number;
};

async function countRows(
  sessions: readonly Session[],
  rows: string,
  { settledAt, part }: { readonly settledAt: unknown; readonly part: number },
  counts: Map<string, Count>,
  side: 'inSales' | 'inWallets',
): Promise<void> {
  const query = `select moved.*, ${KEY} as moved_key from (${rows}) moved where ${PART} = ?`;
  for (const session of sessions)
    for (const row of await session.select(query, [settledAt, settledAt, part])) {
      const key = String(row['moved_key']);
      const count = counts.get(key) ?? {
        kind: String(row['kind']),
        userId: String(row['user_id']),
        paymentId: String(row['payment_id']),
        amount: Number(row['amount']),
        inSales: 0,
        inWallets: 0,
      };
      count[side] += 1;
      counts.set(key, count);
    }
}

function ruleOf({ kind, inSales }: Count): Rule {
  if (kind === 'REFUND') return 'a refund is one credit of its payer';
  return inSales === 0 ? 'a debit is for a payment' : 'a payment is one debit of its payer';
}
