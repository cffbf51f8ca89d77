import { setTimeout as sleep } from 'node:timers/promises';
import { type RowDataPacket, createConnection } from 'mysql2/promise';

const DIRTY_PAGES_MAX = 100;
const WITHIN_MS = 60_000;

/** Resolves when the server has written down what was loaded: until then it does so beside whatever is measured. */
export async function untilFlushed(mysqlUrl: string): Promise<void> {
  const db = await createConnection(mysqlUrl);
  try {
    const [settings] = await db.query<RowDataPacket[]>(
      'select @@innodb_max_dirty_pages_pct as share, @@innodb_io_capacity as pages, @@innodb_io_capacity_max as pages_max',
    );
    const usual = settings[0]!;
    await db.query(
      'set global innodb_io_capacity_max = 40000, innodb_io_capacity = 20000, innodb_max_dirty_pages_pct = 0',
    );
    const deadline = performance.now() + WITHIN_MS;
    while ((await dirtyPages()) > DIRTY_PAGES_MAX) {
      if (performance.now() > deadline) throw new Error('MySQL is still writing what was loaded');
      await sleep(200);
    }
    await db.query(
      'set global innodb_max_dirty_pages_pct = ?, innodb_io_capacity = ?, innodb_io_capacity_max = ?',
      [usual['share'], usual['pages'], usual['pages_max']],
    );
  } finally {
    await db.end();
  }

  async function dirtyPages(): Promise<number> {
    const [rows] = await db.query<RowDataPacket[]>(
      `show global status like 'Innodb_buffer_pool_pages_dirty'`,
    );
    return Number(rows[0]?.['Value']);
  }
}
