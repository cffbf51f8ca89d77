import { checkSchema } from '../schema/check-schema.ts';
import { explainErrors } from './explain-errors.ts';
import { type Mysql, openMysql } from './open-mysql.ts';
import type { PoolOptions } from './pool.ts';

/** Throws an error of one line that names the server and the reason, such as a missing migration. */
export async function openMigratedMysql(options: PoolOptions): Promise<Mysql> {
  const mysql = openMysql(options);
  return explainErrors(options, async () => {
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
