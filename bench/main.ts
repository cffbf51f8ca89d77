import { benchWaitingRoom } from './waiting-room/experiment.ts';

/** What `pnpm bench <name>` runs. */
const EXPERIMENTS: Readonly<Record<string, () => Promise<void>>> = {
  'waiting-room': benchWaitingRoom,
};

const name = process.argv[2] ?? '';
const experiment = EXPERIMENTS[name];
if (experiment === undefined) {
  console.error(`usage: pnpm bench <name>, where <name> is one of: ${Object.keys(EXPERIMENTS).join(', ')}`);
  process.exitCode = 1;
} else {
  await experiment();
}
