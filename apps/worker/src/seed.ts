import { openPorts } from '@frontrow/adapters/open-ports.ts';
import {
  adapterVariables,
  logVariables,
  realPortsConfig,
} from '@frontrow/adapters/process/adapter-variables.ts';
import { seedDemoConcerts } from '@frontrow/adapters/process/seed-demo-concerts.ts';
import { parseEnvironment } from '@frontrow/adapters/process/environment.ts';
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { createApplication } from '@frontrow/application/application.ts';
import { z } from 'zod';

await exitOnStartError(async () => {
  const variables = parseEnvironment(z.object({ ...adapterVariables, ...logVariables }), process.env);
  const { ports, close } = await openPorts(realPortsConfig(variables), createLogger(variables.LOG_LEVEL));
  try {
    // Without the cache, which may hold the concerts of another database.
    const cache = { ...ports.cache, fetch: <T>(_key: unknown, load: () => Promise<T>) => load() };
    const seeded = await seedDemoConcerts(createApplication({ ...ports, cache }), ports.clock.now());
    for (const { concert, dates, isNew, saleCode } of seeded) {
      const presale = saleCode === null ? '' : `, sale code ${saleCode}`;
      console.log(`${isNew ? 'added' : 'kept '} ${concert.id}  ${concert.title}, ${dates} dates${presale}`);
    }
  } finally {
    await close();
  }
});
