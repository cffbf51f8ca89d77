import { describeMachine } from '../harness/machine.ts';
import { openWorld } from '../harness/world.ts';
import { bookingRoutes } from './booking-routes.ts';
import type { HotRoute } from './hot-route.ts';
import { type Measured, measureRoute } from './measure.ts';
import { catalogRoutes, waitingRoutes } from './open-routes.ts';
import { openRecords } from './records.ts';
import { printRoutes } from './table.ts';

/** What every hot route costs and how long it takes: `pnpm bench routes`. About two minutes. */
export async function benchRoutes(): Promise<void> {
  const world = await openWorld();
  try {
    console.log(describeMachine(world.cores, world.services).join('\n'));
    console.log('MySQL is not durable here: `pnpm bench checkout` measures what a disk adds\n');
    const server = await world.startServer();
    const records = await openRecords(world.mysqlUrl);
    const measured: Measured[] = [];
    let startedAt = performance.now();
    const measure = async (route: HotRoute) => {
      measured.push(await measureRoute(server, route));
      console.log(`${route.name}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
      startedAt = performance.now();
    };
    try {
      for (const route of await catalogRoutes(world)) await measure(route);
      for (const route of await waitingRoutes(world)) await measure(route);
      for await (const route of bookingRoutes(world, records)) await measure(route);
    } finally {
      await records.close();
    }
    console.log();
    printRoutes(measured);
  } finally {
    await world.close();
  }
}
