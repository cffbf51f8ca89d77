import { type Kysely, sql } from 'kysely';

/** The cost of one statement inside MySQL, from performance_schema. */
export type StatementCost = {
  /** CPU time of the thread that executed it: parsing, planning, reading and sending. */
  readonly cpuMicros: number;
  readonly elapsedMicros: number;
  readonly rowsSent: number;
  readonly rowsExamined: number;
  readonly rowsChanged: number;
};

export type StatementTimer = {
  /**
   * The costs, in order, of the statements that `work` sends and whose text contains `text`. `work` may send at most
   * 10,000 statements in all, the size of MySQL's statement history.
   */
  time(text: string, work: () => Promise<unknown>): Promise<readonly StatementCost[]>;
};

type HistoryRow = {
  readonly cpu: string;
  readonly elapsed: string;
  readonly sent: string;
  readonly examined: string;
  readonly affected: string;
};

const PICOSECONDS_PER_MICROSECOND = 1e6;

/** Creates a timer for a pool of one connection: it reads the history of that connection's thread only. */
export async function createStatementTimer<Tables>(db: Kysely<Tables>): Promise<StatementTimer> {
  await sql`update performance_schema.setup_consumers set enabled = 'YES'
    where name in ('events_statements_history_long', 'events_statements_cpu')`.execute(db);
  const threads = await sql<{ id: string }>`select ps_current_thread_id() as id`.execute(db);
  const thread = threads.rows[0]!.id;
  return {
    async time(text, work) {
      await sql`truncate table performance_schema.events_statements_history_long`.execute(db);
      await work();
      const { rows } = await sql<HistoryRow>`
        select cpu_time as cpu, timer_wait as elapsed, rows_sent as sent, rows_examined as examined, rows_affected as affected
        from performance_schema.events_statements_history_long
        where thread_id = ${thread} and locate(${text}, sql_text) > 0 and sql_text not like 'select cpu_time%'
        order by event_id`.execute(db);
      return rows.map((row) => ({
        cpuMicros: Number(row.cpu) / PICOSECONDS_PER_MICROSECOND,
        elapsedMicros: Number(row.elapsed) / PICOSECONDS_PER_MICROSECOND,
        rowsSent: Number(row.sent),
        rowsExamined: Number(row.examined),
        rowsChanged: Number(row.affected),
      }));
    },
  };
}
