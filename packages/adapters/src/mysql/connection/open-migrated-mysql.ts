import { checkSchema } from '../schema/check-schema.ts';
import { explainErrors } from './explain-errors.ts';
import { type Mysql, type MysqlOptions, openMysql } from './open-mysql.ts';

/** Throws an error of one line that names the server and the reason, such as a missing migration. */
export async function openMigratedMysql(options: MysqlOptions): Promise<Mysql> {
  const mysql = openMysql(options);
  try {
    await explainErrors(options, async () => {
      await mysql.check();
      await checkSchema(mysql.db);
      const reason = await mysql.whyNotWritable();
      if (reason !== null) throw new Error(reason);
    });
    await mysql.replica?.check();
    return mysql;
  } catch (error) {
    await mysql.close();
    throw error;
  }
}
