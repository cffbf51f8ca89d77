import { type Pool, createPool } from 'mysql2/promise';
import { type CheckoutFacts, type Recording, parametersFor } from './recorded-checkout.ts';

/** A command to the raw loop; the parent sends the next one after the answer. */
export type RawCommand =
  | { readonly kind: 'open'; readonly url: string; readonly poolSize: number; readonly recording: Recording }
  | {
      readonly kind: 'run';
      readonly operation: 'hold' | 'pay';
      readonly checkouts: readonly CheckoutFacts[];
    };

export type RawAnswer = { readonly elapsedMs: number; readonly cpuMicros: number };

const SESSION = `set session time_zone = '+00:00', transaction_isolation = 'READ-COMMITTED'`;

let pool: Pool;
let poolSize: number;
let recording: Recording;

process.on('message', (command: RawCommand) => {
  void (command.kind === 'open' ? open(command) : run(command)).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => void pool?.end());

async function open(command: RawCommand & { kind: 'open' }): Promise<RawAnswer> {
  ({ poolSize, recording } = command);
  pool = createPool({ uri: command.url, connectionLimit: poolSize, timezone: 'Z' });
  const connections = await Promise.all(Array.from({ length: poolSize }, () => pool.getConnection()));
  for (const connection of connections) {
    await connection.query(SESSION);
    connection.release();
  }
  return { elapsedMs: 0, cpuMicros: 0 };
}

/** Sends the statements of the service on equally many connections, directly through the driver. */
async function run({ operation, checkouts }: RawCommand & { kind: 'run' }): Promise<RawAnswer> {
  const work = checkouts.map((facts) =>
    recording[operation].map(({ sql, parameters }) => ({
      sql,
      values: parametersFor(parameters, recording.recordedFacts, facts),
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
