import type { Connection, RowDataPacket } from 'mysql2/promise';

/** The checksum of each table, which changes with any row. */
export async function tableChecksums(db: Connection): Promise<Record<string, string>> {
  const [tables] = await db.query<RowDataPacket[]>('show tables');
  const names = tables.map((row) => String(Object.values(row)[0]));
  const [sums] = await db.query<RowDataPacket[]>('checksum table ??', [names]);
  return Object.fromEntries(sums.map((row) => [String(row['Table']), String(row['Checksum'])]));
}
