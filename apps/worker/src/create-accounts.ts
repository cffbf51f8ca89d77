import { createAccounts } from '@frontrow/adapters/mysql/schema/accounts.ts';
import { mysqlTlsOf, mysqlVariables } from '@frontrow/adapters/process/adapter-variables.ts';
import { parseEnvironment, unusableEnvironment } from '@frontrow/adapters/process/environment.ts';
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';
import { z } from 'zod';

/** MySQL's own limit for the name of an account. */
const name = z.string().max(32, 'must have at most 32 characters');
const password = z.string().min(12, 'must have at least 12 characters');

await exitOnStartError(async () => {
  const schema = z.object({
    ...mysqlVariables,
    MYSQL_MIGRATION_USER: name,
    MYSQL_MIGRATION_PASSWORD: password,
    MYSQL_HTTP_USER: name,
    MYSQL_HTTP_PASSWORD: password,
    MYSQL_WORKER_USER: name,
    MYSQL_WORKER_PASSWORD: password,
    MYSQL_READ_USER: name.optional(),
    MYSQL_READ_PASSWORD: password.optional(),
  });
  const variables = parseEnvironment(schema, process.env);
  const { MYSQL_READ_USER: readUser, MYSQL_READ_PASSWORD: readPassword } = variables;
  if ((readUser === undefined) !== (readPassword === undefined))
    throw unusableEnvironment(['MYSQL_READ_USER and MYSQL_READ_PASSWORD must be set together']);
  const accounts = {
    migration: { name: variables.MYSQL_MIGRATION_USER, password: variables.MYSQL_MIGRATION_PASSWORD },
    http: { name: variables.MYSQL_HTTP_USER, password: variables.MYSQL_HTTP_PASSWORD },
    worker: { name: variables.MYSQL_WORKER_USER, password: variables.MYSQL_WORKER_PASSWORD },
    ...(readUser !== undefined &&
      readPassword !== undefined && { lists: { name: readUser, password: readPassword } }),
  };
  await createAccounts(variables.MYSQL_URL, accounts, mysqlTlsOf(variables));
  console.log(
    `created ${Object.values(accounts)
      .map((account) => account.name)
      .join(', ')}`,
  );
});
