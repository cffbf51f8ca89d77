import { type Connection, createConnection } from 'mysql2/promise';

/**
 * Runs `load` on a new connection while the server writes no redo log. For a private server only: its data is lost if it
 * crashes. The optimizer joins the tables of a statement by nested loops.
 */
export async function loadInBulk(
  mysqlUrl: string,
  load: (connection: Connection) => Promise<void>,
): Promise<void> {
  const connection = await createConnection({ uri: mysqlUrl, timezone: 'Z' });
  try {
    await connection.query(`set session
      time_zone = '+00:00',
      cte_max_recursion_depth = 100000,
      optimizer_switch = 'block_nested_loop=off'`);
    await connection.query('alter instance disable innodb redo_log');
    try {
      await load(connection);
    } finally {
      await connection.query('alter instance enable innodb redo_log');
    }
  } finally {
    await connection.end();
  }
}

/** A common table expression of the numbers from `from`, included, to `to`, excluded. */
export function numbers(name: string, from: number, to: number): string {
  return `${name} (n) as (select ${from} union all select n + 1 from ${name} where n + 1 < ${to})`;
}
