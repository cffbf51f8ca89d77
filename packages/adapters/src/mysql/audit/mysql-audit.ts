import { performance } from 'node:perf_hooks';
import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { type MysqlTls, tlsOptions } from '../connection/tls.ts';
import { explainErrors } from '../connection/explain-errors.ts';
import { RULES } from './rules.ts';

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

/** One moment of the database, however long the audit takes. */
export type MysqlAudit = {
  readonly rules: readonly string[];
  findViolations(): Promise<Violations>;
  /** The concerts whose waiting room was ever opened. */
  listRooms(): Promise<ConcertId[]>;
  /** Those of the places that ended at least `afterMs` before the moment of the audit. */
  findEnded(concertId: ConcertId, sequences: readonly number[], afterMs: number): Promise<EndedPlace[]>;
};

export type MysqlAuditOptions = { readonly url: string; readonly tls?: MysqlTls | null };

const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 120_000;
/** Together, so that a long audit does not keep the server from purging old versions of rows for ever. */
const AUDIT_TIMEOUT_MS = 600_000;
const ROWS_SHOWN_MAX = 5;
const SEQUENCES_PER_QUERY = 5_000;

/**
 * Runs `work` on a consistent snapshot of the database: one read-only transaction, which locks nothing and which others
 * need not wait for. Throws where the server does not answer, or where a statement takes longer than two minutes.
 */
export async function withMysqlAudit<T>(
  { url, tls = null }: MysqlAuditOptions,
  work: (audit: MysqlAudit) => Promise<T>,
): Promise<T> {
  const options = { ...tlsOptions(tls), uri: url, timezone: 'Z', connectTimeout: CONNECT_TIMEOUT_MS };
  const connection = await explainErrors({ url, tls }, () => createConnection(options));
  connection.on('error', () => undefined); // the statement that is lost throws as well
  try {
    await connection.query(`set session time_zone = '+00:00', transaction_isolation = 'REPEATABLE-READ',
      max_execution_time = ${STATEMENT_TIMEOUT_MS}`);
    await connection.query(`start transaction with consistent snapshot, read only`);
    // After the snapshot: a hold that expires in between must not count as live beside the one that follows it.
    await connection.query(`set @audited_at = sysdate(3)`);
    return await work(createAudit(connection));
  } finally {
    connection.destroy();
  }
}

function createAudit(connection: Connection): MysqlAudit {
  const deadline = performance.now() + AUDIT_TIMEOUT_MS;
  async function select(query: string, values: readonly unknown[] = []): Promise<RowDataPacket[]> {
    if (performance.now() > deadline) throw new Error('the audit of MySQL took too long');
    const timeout = STATEMENT_TIMEOUT_MS + CONNECT_TIMEOUT_MS; // beyond the server's own, for one that is silent
    const [rows] = await connection.query<RowDataPacket[]>({ sql: query, timeout, values: [...values] });
    return rows;
  }
  return {
    rules: Object.keys(RULES),
    async findViolations() {
      const violations: Record<string, Violation> = {};
      for (const [rule, query] of Object.entries(RULES)) {
        const broken = `with broken as (${query}) select count(*) over () as broken_rows, broken.* from broken`;
        const rows = await select(`${broken} limit ${ROWS_SHOWN_MAX}`);
        if (rows.length === 0) continue;
        violations[rule] = {
          count: Number(rows[0]?.['broken_rows']),
          rows: rows.map(({ broken_rows: _count, ...row }) => row),
        };
      }
      return violations;
    },
    async listRooms() {
      const rows = await select('select concert_id from room_checkpoint where epoch > 0');
      return rows.map((row) => String(row['concert_id']));
    },
    async findEnded(concertId, sequences, afterMs) {
      const ended: EndedPlace[] = [];
      for (let first = 0; first < sequences.length; first += SEQUENCES_PER_QUERY) {
        const asked = sequences.slice(first, first + SEQUENCES_PER_QUERY);
        const rows = await select(
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

function toEndedPlace(row: RowDataPacket): EndedPlace {
  return {
    userId: String(row['user_id']),
    sequence: Number(row['sequence']),
    reason: String(row['reason']),
    endedAt: row['created_at'] as Date,
  };
}
