import { setTimeout as sleep } from 'node:timers/promises';
import { type RowDataPacket, createConnection } from 'mysql2/promise';

const DIRTY_PAGES_MAX = 100;
const TIMEOUT_MS = 60_000;

/** Resolves when MySQL has flushed the loaded pages, which would otherwise disturb the measurement; at most 60 s. */
export async function waitForFlush(mysqlUrl: string): Promise<void> {
  const db = await createConnection(mysqlUrl);
  try {
    const [settings] = await db.query<RowDataPacket[]>(
      'select @@innodb_max_dirty_pages_pct as share, @@innodb_io_capacity as pages, @@innodb_io_capacity_max as pages_max',
    );
    const original = settings[0]!;
    await db.query(
      'set global innodb_io_capacity_max = 40000, innodb_io_capacity = 20000, innodb_max_dirty_pages_pct = 0',
    );
    const deadline = performance.now() + TIMEOUT_MS;
    while ((await dirtyPages()) > DIRTY_PAGES_MAX) {
      if (performance.now() > deadline) throw new Error('MySQL has not flushed the loaded pages within 60 s');
      await sleep(200);
    }
    await db.query(
      'set global innodb_max_dirty_pages_pct = ?, innodb_io_capacity = ?, innodb_io_capacity_max = ?',
      [original['share'], original['pages'], original['pages_max']],
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
