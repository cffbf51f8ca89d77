// `pnpm test:cluster`, `test:sentinel` and `test:valkey`: run the tests of Redis' contracts, races and journeys on another Redis
// than a single server of the usual program. Further arguments go to vitest.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SETTINGS: Readonly<Record<string, NodeJS.ProcessEnv>> = {
  cluster: { TEST_REDIS_SET: 'cluster' },
  sentinel: { TEST_REDIS_SET: 'sentinel' },
  valkey: { TEST_REDIS_ENGINE: 'valkey' },
};
const FOLDERS = [
  'packages/adapters/test/redis',
  'packages/adapters/test/bullmq',
  'tests/journeys',
  'tests/races',
  'tests/use-cases',
  'tests/waiting-room',
];

const [kind = '', ...args] = process.argv.slice(2);
const settings = SETTINGS[kind];
if (settings === undefined) throw new Error(`name one of ${Object.keys(SETTINGS).join(', ')}`);
const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = spawn(
  join(root, 'node_modules/.bin/vitest'),
  ['run', '--project=integration', ...(args.length > 0 ? args : FOLDERS)],
  { cwd: root, env: { ...process.env, ...settings }, stdio: 'inherit' },
);
vitest.once('exit', (code) => (process.exitCode = code ?? 1));
