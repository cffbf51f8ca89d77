import { describeMachine } from '../harness/describe-machine.ts';
import { openTestbed } from '../harness/testbed.ts';
import { bookingRoutes } from './booking-routes.ts';
import type { HotRoute } from './hot-route.ts';
import { type Measured, measureRoute } from './measure-route.ts';
import { catalogRoutes, waitingRoutes } from './catalog-and-queue-routes.ts';
import { openDatabaseChecks } from './database-checks.ts';
import { printRoutes } from './routes-table.ts';

/** What every hot route costs and how long it takes: `pnpm bench routes`. About two minutes. */
export async function benchRoutes(): Promise<void> {
  const testbed = await openTestbed();
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    console.log('MySQL is not durable here: `pnpm bench checkout` measures what a disk adds\n');
    const server = await testbed.startServer();
    const records = await openDatabaseChecks(testbed.mysqlUrl);
    const measured: Measured[] = [];
    let startedAt = performance.now();
    const measure = async (route: HotRoute) => {
      measured.push(await measureRoute(server, route));
      console.log(`${route.name}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
      startedAt = performance.now();
    };
    try {
      for (const route of await catalogRoutes(testbed)) await measure(route);
      for (const route of await waitingRoutes(testbed)) await measure(route);
      for await (const route of bookingRoutes(testbed, records)) await measure(route);
    } finally {
      await records.close();
    }
    console.log();
    printRoutes(measured);
  } finally {
    await testbed.close();
  }
}
