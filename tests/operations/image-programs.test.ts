import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Pod, environmentOf, podsOf } from '../deploy/pods.ts';
import { type Manifest, renderOverlay } from '../deploy/render.ts';
import { AUTH_CLAIMS, AUTH_JWT_SECRET } from '../support/access-tokens.ts';
import { nameTestDatabase } from '../support/mysql-database.ts';
import { type AppProcess, type ProgramFolder, startProcess } from '../support/processes.ts';
import { runProgram } from '../support/run-program.ts';
import { makeTemporaryFolder } from '../support/services/temporary-folder.ts';
import { replayImage, userOfImage } from './replay-image.ts';

const MOUNT = '/run/secrets/frontrow/';
const suffix = randomBytes(4).toString('hex');
const account = (kind: string) => ({ name: `t_${kind}_${suffix}`, password: `image-${kind}-${suffix}` });
const accounts = { migration: account('migration'), http: account('http'), worker: account('worker') };
const database = nameTestDatabase();

let image: ProgramFolder;
let manifests: readonly Manifest[];
let secrets: string;
const started: AppProcess[] = [];

beforeAll(async () => {
  [image, manifests, secrets] = await Promise.all([
    replayImage(),
    renderOverlay('staging'),
    makeTemporaryFolder('secrets'),
  ]);
  chmodSync(secrets, 0o755);
});

afterAll(async () => {
  for (const process of started) await process.kill('SIGKILL');
  const root = await createConnection(inject('mysqlUrl'));
  for (const { name } of Object.values(accounts)) await root.query(`drop user if exists ?@'%'`, [name]);
  await root.end();
  await database.drop();
});

it('the programs of the image run a database, http and a worker as the manifests of Kubernetes start them', async () => {
  const created = await runProgram('apps/worker/src/create-accounts.ts', everyAccount(), image);
  expect(created).toMatchObject({ code: 0, err: '' });
  const migration = pod('migration');
  const users = { MYSQL_HTTP_USER: accounts.http.name, MYSQL_WORKER_USER: accounts.worker.name };
  const migrated = await runProgram(programOf(migration), { ...environment(migration), ...users }, image);
  expect(migrated).toMatchObject({ code: 0, err: '' });

  const [http, worker] = await Promise.all([start('http'), start('worker')]);
  expect(await statusOf(`${http.url}/`)).toBe(200);
  expect(await statusOf(`${http.url}/v1/concerts`)).toBe(200);
  expect(await statusOf(`${http.url}/metrics`)).toBe(404);
  for (const [name, probes] of [
    ['http', /probes at (\S+)/.exec(http.output())?.[1]],
    ['worker', worker.url],
  ] as const) {
    const { startupProbe, livenessProbe, readinessProbe } = pod(name).spec.containers[0];
    for (const probe of [startupProbe, livenessProbe, readinessProbe])
      expect(await statusOf(`${probes}${probe?.httpGet.path}`)).toBe(200);
    expect(await statusOf(`${probes}/metrics`)).toBe(200);
  }
  // Only root can run them as another user.
  const expectedUser = process.getuid?.() === 0 ? userOfImage() : process.getuid?.();
  for (const { pid } of [http, worker]) expect(userOf(pid)).toBe(expectedUser);

  const endings = [http, worker].map(async (running) => {
    const startedAt = performance.now();
    expect(await running.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    const { terminationGracePeriodSeconds = 0 } = pod(running.name).spec;
    expect(performance.now() - startedAt).toBeLessThan(terminationGracePeriodSeconds * 1_000);
  });
  await Promise.all(endings);
});

it('the image lists its packages: those of the programs and the pages, and none of the tests', () => {
  const { bomFormat, components } = JSON.parse(readFileSync(join(image.folder, 'sbom.cdx.json'), 'utf8')) as {
    readonly bomFormat: string;
    readonly components: readonly {
      readonly group?: string;
      readonly name: string;
      readonly version: string;
    }[];
  };
  expect(bomFormat).toBe('CycloneDX');
  const listed = components
    .filter(({ group }) => group !== '@frontrow')
    .map(({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name}@${version}`);
  // pnpm names the folder of a package `@scope+name@version`, and adds its peers after a `_` or a `(`.
  const installed = readdirSync(join(image.folder, 'node_modules/.pnpm'))
    .filter((folder) => /^@?[^@]+@\d/.test(folder))
    .map((folder) => folder.replace('+', '/').replace(/[_(].*$/, ''));
  expect(installed.length).toBeGreaterThan(80);
  expect(installed.filter((name) => !listed.includes(name))).toEqual([]);
  // The build of the pages contains this one.
  expect(listed.some((name) => name.startsWith('preact@'))).toBe(true);
  expect(listed.filter((name) => /^(vitest|vite|typescript|kubernetes-models)@/.test(name))).toEqual([]);
});

function pod(name: string): Pod {
  const found = podsOf(manifests).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no pod ${name}`);
  return found;
}

/** The file of the program; the image's own command where the manifest names none. */
function programOf({ spec }: Pod): string {
  return spec.containers[0].args?.[0] ?? 'apps/http/src/main.ts';
}

/** What the manifest sets, with the secrets in files of this machine. */
function environment(of: Pod): Readonly<Record<string, string>> {
  const keys = 'k1:a-secret-of-the-tests-with-32-characters';
  const values = {
    'mysql-url': mysqlUrlOf(of.name),
    'redis-url': inject('redisUrl'),
    'queue-token-secrets': keys,
    'entry-ticket-secrets': keys,
    'webhook-secret-keys': keys,
  };
  const folder = join(secrets, of.name);
  mkdirSync(folder);
  for (const [key, value] of Object.entries(values)) writeFileSync(join(folder, key), value);
  const set = Object.entries(environmentOf(of, manifests));
  return Object.fromEntries(set.map(([name, value]) => [name, value.replace(MOUNT, `${folder}/`)]));
}

/** Free ports of this machine's loopback, and an identity that needs no other server. */
async function start(name: 'http' | 'worker'): Promise<AppProcess> {
  const loopback = {
    HOST: '127.0.0.1',
    PORT: '0',
    OPERATIONS_PORT: '0',
    WORKER_HOST: '127.0.0.1',
    WORKER_PORT: '0',
  };
  const identity = { AUTH_JWKS_URL: '', AUTH_JWT_SECRET, ...AUTH_CLAIMS };
  const env = { ...environment(pod(name)), ...loopback, REDIS_KEY_PREFIX: `image-${suffix}` };
  const running = await startProcess({
    name,
    main: programOf(pod(name)),
    env: name === 'http' ? { ...env, ...identity } : env,
    programs: image,
  });
  started.push(running);
  return running;
}

function everyAccount(): Readonly<Record<string, string>> {
  return {
    MYSQL_URL: database.url,
    MYSQL_MIGRATION_USER: accounts.migration.name,
    MYSQL_MIGRATION_PASSWORD: accounts.migration.password,
    MYSQL_HTTP_USER: accounts.http.name,
    MYSQL_HTTP_PASSWORD: accounts.http.password,
    MYSQL_WORKER_USER: accounts.worker.name,
    MYSQL_WORKER_PASSWORD: accounts.worker.password,
  };
}

function mysqlUrlOf(name: string): string {
  const { name: username, password } = accounts[name as keyof typeof accounts];
  return Object.assign(new URL(database.url), { username, password }).href;
}

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

/** Linux says it in /proc; elsewhere the user is that of the tests. */
function userOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return process.getuid?.();
  return Number(/^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
