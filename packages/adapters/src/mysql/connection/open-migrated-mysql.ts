import { checkSchema } from '../schema/check-schema.ts';
import { withServerNamed } from './name-server.ts';
import { type Mysql, openMysql } from './open-mysql.ts';
import type { PoolOptions } from './pool.ts';

/** Throws an error whose one line names the server that does not answer or the migration that is missing. */
export async function openMigratedMysql(options: PoolOptions): Promise<Mysql> {
  const mysql = openMysql(options);
  return withServerNamed(options, async () => {
    try {
      await mysql.check();
      await checkSchema(mysql.db);
      const reason = await mysql.whyNotWritable();
      if (reason !== null) throw new Error(reason);
      return mysql;
    } catch (error) {
      await mysql.close();
      throw error;
    }
  });
}
