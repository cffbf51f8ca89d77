import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { RowDataPacket } from 'mysql2/promise';
import { slotOf } from '../shards/slot-of.ts';
import { type CompareOptions, comparePayments } from './compare-payments.ts';
import { findMisplaced, PLACE_RULE } from './misplaced-rows.ts';
import { RULES_OF_PAYMENTS } from './rules-of-payments.ts';
import { RULES_OF_SALES } from './rules-of-sales.ts';
import { RULES_OF_WALLETS } from './rules-of-wallets.ts';
import { type Session, type SessionOptions, type Sessions, withSessions } from './sessions.ts';

/** The rows that break one rule: how many, and the first of them. */
export type Violation = {
  readonly count: number;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
};
/** By rule; empty when every rule holds. */
export type Violations = Readonly<Record<string, Violation>>;

export type EndedPlace = {
  readonly userId: UserId;
  readonly sequence: number;
  readonly reason: string;
  readonly endedAt: Date;
};

/** One moment of each shard, however long the audit takes. */
export type MysqlAudit = {
  readonly rules: readonly string[];
  findViolations(): Promise<Violations>;
  /** The concerts whose waiting room was ever opened. */
  listRooms(): Promise<ConcertId[]>;
  /** Those of the places that ended at least `afterMs` before the moment of the audit. */
  findEnded(concertId: ConcertId, sequences: readonly number[], afterMs: number): Promise<EndedPlace[]>;
};

export type MysqlAuditOptions = SessionOptions & CompareOptions;

const ROWS_SHOWN_MAX = 5;
const SEQUENCES_PER_QUERY = 5_000;

/**
 * Runs `work` on consistent snapshots of the database, or of each shard. They lock nothing, and others need not wait for
 * them. Throws where a server does not answer, or where a statement takes longer than two minutes.
 */
export function withMysqlAudit<T>(
  options: MysqlAuditOptions,
  work: (audit: MysqlAudit) => Promise<T>,
): Promise<T> {
  return withSessions(options, (sessions) => work(createAudit(sessions, options)));
}

function createAudit(sessions: Sessions, options: MysqlAuditOptions): MysqlAudit {
  const { sales, accounts, isSharded } = sessions;
  return {
    rules: [
      ...Object.keys(RULES_OF_SALES),
      ...Object.keys(RULES_OF_WALLETS),
      ...Object.keys(RULES_OF_PAYMENTS),
      ...(isSharded ? [PLACE_RULE] : []),
    ],
    async findViolations() {
      const ofPayments = isSharded
        ? toViolations(await comparePayments(options, sessions, options))
        : await checkRules(accounts, RULES_OF_PAYMENTS);
      return {
        ...(await checkRules(sales, RULES_OF_SALES)),
        ...(await checkRules(accounts, RULES_OF_WALLETS)),
        ...ofPayments,
        ...(isSharded ? toViolations(await findMisplaced(sessions)) : {}),
      };
    },
    async listRooms() {
      const rows = await Promise.all(
        sales.map(({ select }) => select('select concert_id from room_checkpoint where epoch > 0')),
      );
      return rows.flat().map((row) => String(row['concert_id']));
    },
    async findEnded(concertId, sequences, afterMs) {
      const slot = slotOf(concertId);
      const session = sales.find(({ slots }) => slots.first <= slot && slot <= slots.last)!;
      const ended: EndedPlace[] = [];
      for (let first = 0; first < sequences.length; first += SEQUENCES_PER_QUERY) {
        const asked = sequences.slice(first, first + SEQUENCES_PER_QUERY);
        const rows = await session.select(
          `select user_id, sequence, reason, created_at from queue_end
           where concert_id = ? and sequence in (?) and created_at <= @audited_at - interval ? microsecond`,
          [concertId, asked, afterMs * 1_000],
        );
        ended.push(...rows.map(toEndedPlace));
      }
      return ended;
    },
  };
}

/** Each rule holds on each shard by itself. */
async function checkRules(
  sessions: readonly Session[],
  rules: Readonly<Record<string, string>>,
): Promise<Violations> {
  const violations: Record<string, Violation> = {};
  for (const [rule, query] of Object.entries(rules)) {
    const broken = `with broken as (${query}) select count(*) over () as broken_rows, broken.* from broken`;
    const answers = await Promise.all(
      sessions.map(({ select }) => select(`${broken} limit ${ROWS_SHOWN_MAX}`)),
    );
    const count = answers.reduce((sum, [row]) => sum + Number(row?.['broken_rows'] ?? 0), 0);
    const rows = answers.flat().map(({ broken_rows: _count, ...row }) => row);
    if (count > 0) violations[rule] = { count, rows: rows.slice(0, ROWS_SHOWN_MAX) };
  }
  return violations;
}

function toViolations(broken: readonly { readonly rule: string }[]): Violations {
  const byRule = Map.groupBy(broken, ({ rule }) => rule);
  return Object.fromEntries(
    [...byRule].map(([rule, rows]) => {
      const shown = rows.slice(0, ROWS_SHOWN_MAX).map(({ rule: _rule, ...row }) => row);
      return [rule, { count: rows.length, rows: shown }];
    }),
  );
}

function toEndedPlace(row: RowDataPacket): EndedPlace {
  return {
    userId: String(row['user_id']),
    sequence: Number(row['sequence']),
    reason: String(row['reason']),
    endedAt: row['created_at'] as Date,
  };
}
