import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Manifest = Partial<
  Record<
    'dependencies' | 'devDependencies' | 'peerDependencies' | 'optionalDependencies',
    Record<string, string>
  >
>;

const STORES = ['kysely', 'mysql2', 'ioredis', 'redlock', 'bullmq'];
/** Packages that any package may declare as development dependencies, for its tests and contracts. */
const TEST_TOOLS = ['vitest', 'fast-check', 'selfsigned', '@frontrow/tests'];

/** By folder: whether the package may declare a dependency of this name. */
const MAY_DECLARE: Record<string, (name: string) => boolean> = {
  'packages/domain': () => false,
  'packages/application': (name) => name === '@frontrow/domain',
  'packages/adapters': (name) =>
    !name.includes('fastify') &&
    (!isOwnPackage(name) || ['@frontrow/domain', '@frontrow/application'].includes(name)),
  // For its generator and its tests only: the rule client-stands-alone holds for its sources.
  'packages/client': (name) =>
    ['@hey-api/openapi-ts', 'typescript', 'vite', '@frontrow/domain'].includes(name),
  'apps/crowd': (name) => name === '@frontrow/client',
  'apps/http': (name) => !STORES.includes(name) && name !== '@frontrow/worker',
  'apps/web': (name) => !STORES.includes(name) && (!isOwnPackage(name) || name === '@frontrow/client'),
  'apps/worker': (name) => !STORES.includes(name) && name !== '@frontrow/http',
};

/** One line for each declared dependency that the layer of its package must not use. */
export function manifestProblems(root: string): string[] {
  return Object.entries(MAY_DECLARE).flatMap(([folder, mayDeclare]) => {
    const file = join(root, folder, 'package.json');
    if (!existsSync(file)) return [`manifest: ${folder} has no package.json`];
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    return declared(manifest)
      .filter((name) => !mayDeclare(name))
      .map((name) => `manifest: ${folder} may not declare ${name}`);
  });
}

function declared(manifest: Manifest): string[] {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest;
  const development = Object.keys(devDependencies ?? {}).filter((name) => !TEST_TOOLS.includes(name));
  const production = [dependencies, peerDependencies, optionalDependencies].flatMap((section) =>
    Object.keys(section ?? {}),
  );
  return [...production, ...development];
}

function isOwnPackage(name: string): boolean {
  return name.startsWith('@frontrow/');
}
