import { type Pool, createPool } from 'mysql2/promise';
import { type Facts, type Recording, parametersFor } from './statements.ts';

/** What the raw loop is told to do, one thing at a time. */
export type RawOrder =
  | { readonly kind: 'open'; readonly url: string; readonly poolSize: number; readonly recording: Recording }
  | { readonly kind: 'run'; readonly act: 'hold' | 'pay'; readonly checkouts: readonly Facts[] };

export type RawAnswer = { readonly elapsedMs: number; readonly cpuMicros: number };

const SESSION = `set session time_zone = '+00:00', transaction_isolation = 'READ-COMMITTED'`;

let pool: Pool;
let poolSize: number;
let recording: Recording;

process.on('message', (order: RawOrder) => {
  void (order.kind === 'open' ? open(order) : run(order)).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => void pool?.end());

async function open(order: RawOrder & { kind: 'open' }): Promise<RawAnswer> {
  ({ poolSize, recording } = order);
  pool = createPool({ uri: order.url, connectionLimit: poolSize, timezone: 'Z' });
  const connections = await Promise.all(Array.from({ length: poolSize }, () => pool.getConnection()));
  for (const connection of connections) {
    await connection.query(SESSION);
    connection.release();
  }
  return { elapsedMs: 0, cpuMicros: 0 };
}

/** The same statements as the service sends, on as many connections, with nothing between them and the driver. */
async function run({ act, checkouts }: RawOrder & { kind: 'run' }): Promise<RawAnswer> {
  const work = checkouts.map((facts) =>
    recording[act].map(({ sql, parameters }) => ({
      sql,
      values: parametersFor(parameters, recording.own, facts),
    })),
  );
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  let next = 0;
  async function drain(): Promise<void> {
    for (let statements = work[next++]; statements !== undefined; statements = work[next++]) {
      const connection = await pool.getConnection();
      for (const { sql, values } of statements) await connection.query(sql, values);
      connection.release();
    }
  }
  await Promise.all(Array.from({ length: poolSize }, drain));
  const { user, system } = process.cpuUsage(before);
  return { elapsedMs: performance.now() - startedAt, cpuMicros: user + system };
}
