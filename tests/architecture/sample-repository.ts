import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const WORKSPACES = {
  domain: 'packages/domain',
  application: 'packages/application',
  adapters: 'packages/adapters',
  client: 'packages/client',
  crowd: 'apps/crowd',
  http: 'apps/http',
  worker: 'apps/worker',
  web: 'apps/web',
};

/** A repository in which every folder that a rule is about has a module, and every import keeps the rules. */
export const VALID_REPOSITORY: Record<string, string> = {
  'packages/domain/src/booking/seat.ts': 'export type Seat = { number: number };',
  'packages/domain/src/payments/wallet.ts': 'export type Wallet = { balance: number };',
  'packages/domain/src/waiting-room/place.ts': 'export type Place = { sequence: number };',
  'packages/domain/test/booking/seat.test.ts': "import 'vitest';\nimport '../../src/booking/seat.ts';",

  'packages/application/src/application.ts':
    "import type { Seat } from '@frontrow/domain/booking/seat.ts';\nexport type Seats = { find(): Seat };",
  'packages/application/src/ports/waiting-room/queue-ends.ts': 'export type QueueEnds = object;',
  'packages/application/src/use-cases/booking/hold-seats.ts':
    "import type { QueueEnds } from '../../ports/waiting-room/queue-ends.ts';\nexport type Ends = QueueEnds;",
  'packages/application/src/use-cases/payments/get-wallet.ts': 'export type GetWallet = () => void;',
  'packages/application/contracts/seats.contract.ts': "import 'vitest';\nimport './contract-support.ts';",
  'packages/application/contracts/contract-support.ts': "import 'vitest';",
  'packages/application/test/booking/hold-seats.test.ts': "import 'vitest';",

  'packages/adapters/src/memory/booking/seats.ts': `import type { Seats } from '@frontrow/application/application.ts';
    export const seats: Seats = { find: () => ({ number: 1 }) };`,
  'packages/adapters/src/memory/payments/wallets.ts': 'export const wallets = {};',
  'packages/adapters/src/memory/waiting-room/waiting-line.ts': 'export type WaitingLine = object;',
  'packages/adapters/src/mysql/connection.ts': "import 'kysely';\nimport 'mysql2';",
  'packages/adapters/src/redis/connection.ts': "import 'ioredis';",
  'packages/adapters/src/redis/seat-lock/seat-lock.ts':
    "import Redlock from 'redlock';\nexport const lock = Redlock;",
  'packages/adapters/src/bullmq/jobs.ts': "import 'bullmq';",
  'packages/adapters/src/process/logger.ts': 'export const logger = {};',
  'packages/adapters/src/open-ports.ts':
    "import { seats } from './memory/booking/seats.ts';\nimport { lock } from './redis/seat-lock/seat-lock.ts';\nexport const ports = { seats, lock };",
  'packages/adapters/test/memory/seats.test.ts': `import '../../src/redis/seat-lock/seat-lock.ts';
    import '../../../application/contracts/seats.contract.ts';
    import '../../../../tests/support/builder.ts';`,

  'packages/client/src/open-client.ts': 'export type Client = object;',

  'apps/crowd/src/main.ts':
    "import type { Client } from '@frontrow/client/open-client.ts';\nexport type Visit = (client: Client) => void;",
  'apps/http/src/main.ts': `import type { Seats } from '@frontrow/application/application.ts';
    import { ports } from '@frontrow/adapters/open-ports.ts';\nexport const seats: Seats = ports.seats;`,
  'apps/worker/src/main.ts':
    "import type { Seats } from '@frontrow/application/application.ts';\nexport type Sweep = (seats: Seats) => void;",
  'apps/web/src/shared/api.ts':
    "import type { Client } from '@frontrow/client/open-client.ts';\nexport type Api = Client;",
  'apps/web/src/fan/main.tsx': "import 'preact';\nimport '../shared/api.ts';\nexport const fan = <p>fan</p>;",
  'apps/web/src/console/main.tsx': "import '../shared/api.ts';",
  'tests/support/builder.ts': "import '@frontrow/adapters/open-ports.ts';",
  'tests/races/holds.test.ts': "import '../support/builder.ts';",
  'scripts/services.ts': "import '../tests/support/builder.ts';",
  'bench/main.ts': "import '../tests/support/builder.ts';",
};

const DECLARED: Record<string, readonly string[]> = {
  'packages/application': ['@frontrow/domain'],
  'packages/adapters': [
    '@frontrow/application',
    '@frontrow/domain',
    'redlock',
    'kysely',
    'mysql2',
    'ioredis',
    'bullmq',
  ],
  'apps/crowd': ['@frontrow/client'],
  'apps/http': ['@frontrow/application', '@frontrow/adapters'],
  'apps/worker': ['@frontrow/application'],
  'apps/web': ['@frontrow/client', 'preact'],
};

/** Writes the valid repository with `changes` to a temporary folder; `null` leaves a file out. */
export async function buildSampleRepository(changes: Record<string, string | null> = {}) {
  const root = await mkdtemp(join(tmpdir(), 'frontrow-architecture-'));
  for (const [name, folder] of Object.entries(WORKSPACES)) {
    const dependencies = Object.fromEntries((DECLARED[folder] ?? []).map((dependency) => [dependency, '*']));
    const manifest = { name: `@frontrow/${name}`, exports: { './*': './src/*' }, dependencies };
    await write(root, `${folder}/package.json`, JSON.stringify(manifest));
    await mkdir(join(root, 'node_modules/@frontrow'), { recursive: true });
    await symlink(join(root, folder), join(root, 'node_modules/@frontrow', name));
  }
  for (const name of ['redlock', 'kysely', 'mysql2', 'ioredis', 'bullmq', 'preact', 'vitest', 'left-pad']) {
    await write(root, `node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    await write(root, `node_modules/${name}/index.js`, 'export default {};');
  }
  for (const [path, text] of Object.entries({ ...VALID_REPOSITORY, ...changes })) {
    if (text !== null) await write(root, path, text);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

async function write(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
