import { benchCache } from './cache/bench-cache.ts';
import { benchBestAvailable } from './halls/bench-best-available.ts';
import { benchSeats } from './seats/bench-seats.ts';
import { benchCheckout } from './checkout/bench-checkout.ts';
import { benchGenerators } from './generators/bench-generators.ts';
import { benchIndexes } from './indexes/bench-indexes.ts';
import { benchLocks } from './locks/bench-locks.ts';
import { benchOrganiser } from './organiser/bench-organiser.ts';
import { benchPage } from './page/bench-page.ts';
import { benchRoutes } from './routes/bench-routes.ts';
import { benchScale } from './scale/bench-scale.ts';
import { benchWeb } from './web/bench-web.ts';
import { benchWaitingRoom } from './waiting-room/bench-waiting-room.ts';

/** The benchmarks that `pnpm bench <name>` runs. */
const BENCHMARKS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  locks: benchLocks,
  cache: benchCache,
  seats: benchSeats,
  'best-available': benchBestAvailable,
  indexes: benchIndexes,
  organiser: benchOrganiser,
  scale: benchScale,
  'waiting-room': benchWaitingRoom,
  checkout: benchCheckout,
  routes: benchRoutes,
  generators: benchGenerators,
  web: benchWeb,
  page: benchPage,
};

const name = process.argv[2] ?? '';
const benchmark = BENCHMARKS[name];
if (benchmark === undefined) {
  console.error(`usage: pnpm bench <name>, where <name> is one of: ${Object.keys(BENCHMARKS).join(', ')}`);
  process.exitCode = 1;
} else {
  await benchmark(process.argv.slice(3));
}
