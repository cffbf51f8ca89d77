import { fillConcerts } from '@frontrow/adapters/mysql/schema/fill/fill-concerts.ts';
import { mysqlTlsOf, mysqlVariables } from '@frontrow/adapters/process/adapter-variables.ts';
import { parseEnvironment } from '@frontrow/adapters/process/environment.ts';
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';
import { z } from 'zod';

const REPORT_EVERY_MS = 5_000;

await exitOnStartError(async () => {
  const variables = parseEnvironment(z.object(mysqlVariables), process.env);
  let reportedAt = performance.now();
  const tables = await fillConcerts({
    url: variables.MYSQL_URL,
    tls: mysqlTlsOf(variables),
    onProgress(filled) {
      if (performance.now() - reportedAt < REPORT_EVERY_MS) return;
      reportedAt = performance.now();
      console.log(`${filled} rows filled so far`);
    },
  });
  for (const { table, filled, remaining } of tables)
    console.log(`${table}: ${filled} rows filled, ${remaining} without a concert`);
  if (tables.some(({ remaining }) => remaining > 0)) process.exitCode = 1;
});
