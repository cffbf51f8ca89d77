import { type Pool, type PoolConnection, createPool } from 'mysql2/promise';
import { holdGroup, payGroup } from './grouped-loop.ts';
import { type CheckoutFacts, type Recording, parametersFor } from './recorded-checkout.ts';

/** A command to the raw loop; the parent sends the next one after the answer. */
export type RawCommand =
  | { readonly kind: 'open'; readonly url: string; readonly poolSize: number; readonly recording: Recording }
  | {
      readonly kind: 'run';
      readonly operation: 'hold' | 'pay';
      /** Groups are written by hand; checkouts one by one replay the recorded statements. */
      readonly groupSize: number;
      readonly concertId: string;
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

/** Sends statements on as many connections as the service has, directly through the driver. */
async function run(command: RawCommand & { kind: 'run' }): Promise<RawAnswer> {
  const transactions = command.groupSize === 1 ? replays(command) : groups(command);
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  let next = 0;
  async function drain(): Promise<void> {
    for (let send = transactions[next++]; send !== undefined; send = transactions[next++]) {
      const connection = await pool.getConnection();
      await send(connection);
      connection.release();
    }
  }
  await Promise.all(Array.from({ length: poolSize }, drain));
  const { user, system } = process.cpuUsage(before);
  return { elapsedMs: performance.now() - startedAt, cpuMicros: user + system };
}

type Transaction = (connection: PoolConnection) => Promise<void>;

/** Each checkout by the statements that the service sends for one, and by as many round trips. */
function replays({ operation, checkouts }: RawCommand & { kind: 'run' }): readonly Transaction[] {
  return checkouts.map((facts) => {
    const statements = recording[operation].map(({ sql, parameters }) => ({
      sql,
      values: parametersFor(parameters, recording.recordedFacts, facts),
    }));
    return async (connection) => {
      for (const { sql, values } of statements) await connection.query(sql, values);
    };
  });
}

function groups(command: RawCommand & { kind: 'run' }): readonly Transaction[] {
  const { operation, groupSize, concertId, checkouts } = command;
  const send = operation === 'hold' ? holdGroup : payGroup;
  return Array.from({ length: Math.ceil(checkouts.length / groupSize) }, (_, index) => {
    const group = checkouts.slice(index * groupSize, (index + 1) * groupSize);
    return (connection) => send(connection, concertId, group);
  });
}
