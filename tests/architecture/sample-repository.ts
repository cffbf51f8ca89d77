import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const WORKSPACES = {
  domain: 'packages/domain',
  application: 'packages/application',
  adapters: 'packages/adapters',
  http: 'apps/http',
  worker: 'apps/worker',
};

/** A repository of one file a layer in which every import follows the arrow. */
const LAWFUL: Record<string, string> = {
  'packages/domain/src/booking/seat.ts': 'export type Seat = { number: number };',
  'packages/application/src/application.ts':
    "import type { Seat } from '@frontrow/domain/booking/seat.ts';\nexport type Seats = { find(): Seat };",
  'packages/adapters/src/redis/seat-lock/seat-lock.ts':
    "import Redlock from 'redlock';\nexport const lock = Redlock;",
  'packages/adapters/src/memory/booking/seats.ts': `import type { Seats } from '@frontrow/application/application.ts';
    export const seats: Seats = { find: () => ({ number: 1 }) };`,
  'packages/adapters/src/open-ports.ts':
    "import { seats } from './memory/booking/seats.ts';\nimport { lock } from './redis/seat-lock/seat-lock.ts';\nexport const ports = { seats, lock };",
  'apps/http/src/main.ts': `import type { Seats } from '@frontrow/application/application.ts';
    import { ports } from '@frontrow/adapters/open-ports.ts';\nexport const seats: Seats = ports.seats;`,
  'apps/worker/src/main.ts':
    "import type { Seats } from '@frontrow/application/application.ts';\nexport type Sweep = (seats: Seats) => void;",
};

const DECLARED: Record<string, readonly string[]> = {
  'packages/application': ['@frontrow/domain'],
  'packages/adapters': [
    '@frontrow/application',
    '@frontrow/domain',
    'redlock',
    'kysely',
    'ioredis',
    'bullmq',
  ],
  'apps/http': ['@frontrow/application', '@frontrow/adapters'],
  'apps/worker': ['@frontrow/application'],
};

/** Lays the lawful repository in a temporary folder, with `changes` on top; `null` takes a file away. */
export async function buildSampleRepository(changes: Record<string, string | null> = {}) {
  const root = await mkdtemp(join(tmpdir(), 'frontrow-architecture-'));
  for (const [name, folder] of Object.entries(WORKSPACES)) {
    const dependencies = Object.fromEntries((DECLARED[folder] ?? []).map((dependency) => [dependency, '*']));
    const manifest = { name: `@frontrow/${name}`, exports: { './*': './src/*' }, dependencies };
    await write(root, `${folder}/package.json`, JSON.stringify(manifest));
    await mkdir(join(root, 'node_modules/@frontrow'), { recursive: true });
    await symlink(join(root, folder), join(root, 'node_modules/@frontrow', name));
  }
  for (const name of ['redlock', 'kysely', 'ioredis', 'bullmq', 'vitest', 'left-pad']) {
    await write(root, `node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    await write(root, `node_modules/${name}/index.js`, 'export default {};');
  }
  for (const [path, text] of Object.entries({ ...LAWFUL, ...changes })) {
    if (text !== null) await write(root, path, text);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

async function write(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
