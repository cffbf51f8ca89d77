import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { z } from 'zod';
import { adapterVariables, parseEnvironment } from '@frontrow/adapters/process/environment.ts';
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';

await exitOnStartError(async () => {
  const { MYSQL_URL } = parseEnvironment(z.object({ MYSQL_URL: adapterVariables.MYSQL_URL }), process.env);
  const applied = await migrate(MYSQL_URL);
  for (const name of applied) console.log(`applied ${name}`);
  if (applied.length === 0) console.log('the database is up to date');
});
