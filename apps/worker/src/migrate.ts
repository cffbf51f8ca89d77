import { grantTablePrivileges } from '@frontrow/adapters/mysql/schema/accounts.ts';
import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { mysqlTlsOf, mysqlVariables } from '@frontrow/adapters/process/adapter-variables.ts';
import { parseEnvironment, unusableEnvironment } from '@frontrow/adapters/process/environment.ts';
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';
import { z } from 'zod';

await exitOnStartError(async () => {
  const account = z.string().optional();
  const schema = z.object({
    ...mysqlVariables,
    MYSQL_HTTP_USER: account,
    MYSQL_WORKER_USER: account,
    MYSQL_READ_USER: account,
  });
  const variables = parseEnvironment(schema, process.env);
  const {
    MYSQL_URL: url,
    MYSQL_HTTP_USER: http,
    MYSQL_WORKER_USER: worker,
    MYSQL_READ_USER: lists,
  } = variables;
  if ((http === undefined) !== (worker === undefined))
    throw unusableEnvironment(['MYSQL_HTTP_USER and MYSQL_WORKER_USER must be set together']);
  if (lists !== undefined && http === undefined)
    throw unusableEnvironment(['MYSQL_READ_USER needs MYSQL_HTTP_USER and MYSQL_WORKER_USER']);

  const tls = mysqlTlsOf(variables);
  const applied = await migrate(url, tls);
  for (const name of applied) console.log(`applied ${name}`);
  if (applied.length === 0) console.log('the database is up to date');
  if (http === undefined || worker === undefined) return;
  await grantTablePrivileges(url, { http, worker, lists }, tls);
  const names = [http, worker, ...(lists === undefined ? [] : [lists])];
  console.log(`granted ${names.join(', ')} what they need`);
});
