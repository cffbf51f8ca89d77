import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readServerConfig } from '@frontrow/http/config.ts';
import { readWorkerConfig } from '@frontrow/worker/config.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Pod, environmentOf, imageEnvironment, podsOf } from './pods.ts';
import { type Manifest, OVERLAYS, renderOverlay } from './render.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const MOUNT = '/run/secrets/frontrow/';
const KEYED = 'k1:a-secret-of-the-tests-with-32-characters';
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n';

/** By secret and key, as deploy/README.md creates them. */
const SECRETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  frontrow: {
    'redis-url': 'rediss://redis.example:6379',
    'queue-token-secrets': KEYED,
    'entry-ticket-secrets': KEYED,
    'webhook-secret-keys': KEYED,
    'mysql-ca.pem': CERTIFICATE,
    'redis-ca.pem': CERTIFICATE,
  },
  'frontrow-http': { 'mysql-url': 'mysql://http:secret@mysql.example:3306/frontrow' },
  'frontrow-worker': { 'mysql-url': 'mysql://worker:secret@mysql.example:3306/frontrow' },
  'frontrow-migration': {
    'mysql-url': 'mysql://migration:secret@mysql.example:3306/frontrow',
    'mysql-ca.pem': CERTIFICATE,
  },
};

const folder = mkdtempSync(join(tmpdir(), 'frontrow-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The environment of a pod's container, with the files that its secrets mount in a folder of this machine. */
function withSecretFiles(pod: Pod, manifests: readonly Manifest[]): Readonly<Record<string, string>> {
  const [volume] = pod.spec.volumes ?? [];
  const files =
    volume?.projected.sources.flatMap(({ secret }) => Object.entries(SECRETS[secret.name] ?? {})) ?? [];
  const own = mkdtempSync(join(folder, `${pod.name}-`));
  for (const [name, value] of files) writeFileSync(join(own, name), value);
  const environment = Object.entries(environmentOf(pod, manifests));
  return Object.fromEntries(environment.map(([name, value]) => [name, value.replace(MOUNT, `${own}/`)]));
}

describe.each(OVERLAYS)('the overlay %s', (overlay) => {
  let manifests: readonly Manifest[];
  beforeAll(async () => {
    manifests = await renderOverlay(overlay);
  });
  const pod = (name: string) => podsOf(manifests).find((candidate) => candidate.name === name) as Pod;

  it('gives http and worker every setting that they require, and the secrets by file', () => {
    const http = readServerConfig(withSecretFiles(pod('http'), manifests));
    expect(http.http).toMatchObject({ host: '0.0.0.0', operationsPort: 3002, auth: { kind: 'jwks' } });
    expect(http.ports.webhookSecretKeys).toHaveLength(1);
    const worker = readWorkerConfig(withSecretFiles(pod('worker'), manifests));
    expect(worker.ports.redisUrl).toBe(SECRETS['frontrow']?.['redis-url']);
    expect(new URL(http.ports.mysqlUrl).username).toBe('http');
    expect(new URL(worker.ports.mysqlUrl).username).toBe('worker');
    expect(http.ports.mysqlTls === null).toBe(overlay !== 'production');
  });

  it('sets no variable that no process reads', () => {
    const documented = new Set(
      [...read('README.md').matchAll(/^\| (`[^|]+`) +\|/gm)].flatMap(([, names = '']) =>
        [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name),
      ),
    );
    const forMigration = ['MYSQL_HTTP_USER', 'MYSQL_WORKER_USER', 'MYSQL_READ_USER'];
    for (const name of ['http', 'worker', 'migration']) {
      const variables = Object.keys(environmentOf(pod(name), manifests)).filter(
        (variable) => !(variable in imageEnvironment()),
      );
      const known = variables.filter(
        (variable) => documented.has(variable) || documented.has(variable.replace(/_FILE$/, '')),
      );
      const allowed = name === 'migration' ? forMigration : [];
      expect(
        variables.filter((variable) => !known.includes(variable) && !allowed.includes(variable)),
      ).toEqual([]);
    }
  });

  it('lets the migration grant privileges to the account of a replica that the processes read', () => {
    const [http, worker, migration] = ['http', 'worker', 'migration'].map((name) =>
      environmentOf(pod(name), manifests),
    );
    const isRead = [http, worker].map((environment) => 'MYSQL_READ_URL_FILE' in environment!);
    const isGranted = 'MYSQL_READ_USER' in migration!;
    expect(isRead).toEqual([isGranted, isGranted]);
  });

  it('writes no secret into a setting', () => {
    const settings = manifests
      .filter(({ kind }) => kind === 'ConfigMap')
      .flatMap(({ data }) => Object.entries(data as object));
    const secret = /SECRET|PASSWORD|MYSQL_URL|REDIS_URL/;
    expect(settings.filter(([name]) => secret.test(name) && !name.endsWith('_FILE'))).toEqual([]);
    expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });
});

it('deploy/README.md creates every secret with every key', () => {
  const text = read('deploy/README.md');
  for (const [name, values] of Object.entries(SECRETS)) {
    const command =
      new RegExp(`create secret generic ${name} (?:[^\\n]*\\\\\\n)*[^\\n]*`).exec(text)?.[0] ?? '';
    const keys = [...command.matchAll(/--from-file=([\w.-]+)/g)].map(([, key = '']) => key);
    expect(keys.toSorted()).toEqual(Object.keys(values).toSorted());
  }
});
