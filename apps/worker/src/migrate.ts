import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { adapterVariables, mysqlTlsOf } from '@frontrow/adapters/process/adapter-variables.ts';
import { parseEnvironment } from '@frontrow/adapters/process/environment.ts';
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';
import { z } from 'zod';

await exitOnStartError(async () => {
  const { MYSQL_URL, MYSQL_TLS, MYSQL_TLS_CA_FILE } = adapterVariables;
  const variables = parseEnvironment(z.object({ MYSQL_URL, MYSQL_TLS, MYSQL_TLS_CA_FILE }), process.env);
  const applied = await migrate(variables.MYSQL_URL, mysqlTlsOf(variables));
  for (const name of applied) console.log(`applied ${name}`);
  if (applied.length === 0) console.log('the database is up to date');
});
