import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from './render.ts';

type Model = new (manifest: unknown) => { validate(): void };

const PROMETHEUS_OPERATOR = 'monitoring.coreos.com/';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FLAGS = [
  '--ignoreConfig',
  '--noEmit',
  '--strict',
  '--skipLibCheck',
  '--module',
  'nodenext',
  '--types',
  '',
];

/**
 * What the schemas of Kubernetes and of the Prometheus Operator say against the manifests; empty for valid ones. The
 * types know every field, and so refuse misspelt ones, which the schemas allow. The schemas know the patterns of values.
 */
export async function schemaComplaints(manifests: readonly Manifest[]): Promise<readonly string[]> {
  const byValues = await Promise.all(manifests.map(complaintAboutValues));
  return [...(await complaintsAboutTypes(manifests)), ...byValues.flat()];
}

async function complaintAboutValues(manifest: Manifest): Promise<string[]> {
  const models = (await import(moduleOf(manifest))) as Record<string, Model | undefined>;
  const KindOfResource = models[manifest.kind];
  if (KindOfResource === undefined) return [`${manifest.apiVersion} has no ${manifest.kind}`];
  try {
    new KindOfResource(manifest).validate();
    return [];
  } catch (error) {
    return [`${manifest.kind} ${manifest.metadata.name}: ${(error as Error).message}`];
  }
}

/** Compiles a program in which each manifest is a constant of its type. */
async function complaintsAboutTypes(manifests: readonly Manifest[]): Promise<string[]> {
  const program = manifests.map((manifest, index) => {
    const type = `import('${moduleOf(manifest)}').I${manifest.kind}`;
    return `export const _${index}: ${type} = ${JSON.stringify(manifest, null, 1)};\n`;
  });
  // Below the folder that has the packages of the types.
  const folder = await mkdtemp(join(ROOT, 'tests/node_modules/.manifests-'));
  try {
    const file = join(folder, 'manifests.ts');
    await writeFile(file, program.join(''));
    return (await compile(file)).split('\n').filter((line) => /error TS/.test(line));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function compile(file: string): Promise<string> {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [tsc, ...FLAGS, file], { cwd: ROOT }, (error, stdout, stderr) => {
      // Exit code 1 or 2: it has found errors, and printed them.
      if (error === null || stdout.includes('error TS')) resolve(stdout);
      else reject(new Error(`tsc failed: ${stderr}`, { cause: error }));
    });
  });
}

function moduleOf({ apiVersion }: Manifest): string {
  const isOperators = apiVersion.startsWith(PROMETHEUS_OPERATOR);
  return `${isOperators ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models'}/${apiVersion}`;
}
