import { benchCache } from './cache/experiment.ts';
import { benchSeats } from './seats/experiment.ts';
import { benchCheckout } from './checkout/experiment.ts';
import { benchIndexes } from './indexes/experiment.ts';
import { benchLocks } from './locks/experiment.ts';
import { benchRoutes } from './routes/experiment.ts';
import { benchScale } from './scale/experiment.ts';
import { benchWaitingRoom } from './waiting-room/experiment.ts';

/** What `pnpm bench <name>` runs. */
const EXPERIMENTS: Readonly<Record<string, () => Promise<void>>> = {
  locks: benchLocks,
  cache: benchCache,
  seats: benchSeats,
  indexes: benchIndexes,
  scale: benchScale,
  'waiting-room': benchWaitingRoom,
  checkout: benchCheckout,
  routes: benchRoutes,
};

const name = process.argv[2] ?? '';
const experiment = EXPERIMENTS[name];
if (experiment === undefined) {
  console.error(`usage: pnpm bench <name>, where <name> is one of: ${Object.keys(EXPERIMENTS).join(', ')}`);
  process.exitCode = 1;
} else {
  await experiment();
}
