import { describeMachine } from '../harness/describe-machine.ts';
import { openTestbed } from '../harness/testbed.ts';
import { bookingRoutes } from './booking-routes.ts';
import type { HotRoute } from './hot-route.ts';
import { type Measured, measureRoute } from './measure-route.ts';
import { catalogRoutes } from './catalog-routes.ts';
import { openDatabaseChecks } from './database-checks.ts';
import { queueRoutes } from './queue-routes.ts';
import { printRoutes } from './routes-table.ts';

/**
 * `pnpm bench routes`: CPU cost and latency of every hot route. About two minutes. With `--rows=<name>;<name>` it measures
 * those rows alone; a row whose requests need what another one writes needs that one as well.
 */
export async function benchRoutes([option]: readonly string[]): Promise<void> {
  const rows = option?.replace('--rows=', '').split(';');
  const testbed = await openTestbed();
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    console.log('MySQL is not durable here; `pnpm bench checkout` measures with durable commits\n');
    const servers = await testbed.startServers();
    const checks = await openDatabaseChecks(testbed.mysqlUrl);
    const measured: Measured[] = [];
    let startedAt = performance.now();
    const measure = async (route: HotRoute) => {
      if (rows?.includes(route.name) === false) return;
      measured.push(await measureRoute(servers, route));
      console.log(`${route.name}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
      startedAt = performance.now();
    };
    try {
      for (const route of await catalogRoutes(testbed)) await measure(route);
      for (const route of await queueRoutes(testbed)) await measure(route);
      for await (const route of bookingRoutes(testbed, checks)) {
        if (measured.length === rows?.length) break;
        await measure(route);
      }
    } finally {
      await checks.close();
    }
    console.log();
    printRoutes(measured);
  } finally {
    await testbed.close();
  }
}
