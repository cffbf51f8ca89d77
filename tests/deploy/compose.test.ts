import { readFileSync } from 'node:fs';
import { readServerConfig } from '@frontrow/http/config.ts';
import { readWorkerConfig } from '@frontrow/worker/config.ts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { imageEnvironment } from './pods.ts';

type Service = {
  readonly image: string;
  readonly build?: unknown;
  readonly command?: string;
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly deploy: {
    readonly resources: { readonly limits: { readonly cpus: string; readonly memory: string } };
  };
  readonly healthcheck?: { readonly test: string | readonly string[] };
};

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { services } = parse(read('docker/compose.yml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};
const all = Object.entries(services);
const ours = all.filter(([, { build }]) => build !== undefined);
/** They end, and others wait for that. */
const ONCE = ['accounts', 'migrate', 'seed'];

describe.each(all)('the service %s', (name, service) => {
  it('has limits, restarts unless it runs once, and listens on this machine alone', () => {
    const { cpus, memory } = service.deploy.resources.limits;
    expect([cpus, memory]).toEqual([
      expect.stringMatching(/^\d+(\.\d+)?$/),
      expect.stringMatching(/^\d+[MG]$/),
    ]);
    expect(service.restart).toBe(ONCE.includes(name) ? undefined : 'unless-stopped');
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});

it('runs the programs of the image without capabilities and with a read-only root', () => {
  expect(ours.map(([name]) => name)).toEqual(['accounts', 'migrate', 'seed', 'http', 'worker']);
  for (const [, service] of ours)
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      image: 'frontrow:dev',
    });
});

/** The image has no shell, and its entry point is Node. */
it('names programs of the image and its Node by their paths', () => {
  for (const [name, { command = 'apps/http/src/main.ts' }] of ours)
    expect([name, read(command).length > 0]).toEqual([name, true]);
  for (const name of ['http', 'worker'])
    expect(services[name]?.healthcheck?.test).toEqual(['CMD', '/nodejs/bin/node', '-e', expect.any(String)]);
});

it('gives http and worker settings that they accept', () => {
  const { http } = readServerConfig(settingsOf('http'));
  const worker = readWorkerConfig(settingsOf('worker'));
  expect(http.shutdownDelayMs + http.shutdownGraceMs).toBeLessThan(graceMs('http'));
  expect(worker.shutdownGraceMs).toBeLessThan(graceMs('worker'));
});

it('runs MySQL and Redis in the major versions of the tests', () => {
  const tested = read('tests/support/services/docker.ts');
  expect(tested).toContain(`'${services['mysql']?.image}'`);
  expect(tested).toContain(`'${services['redis']?.image}-alpine'`);
});

it('the README starts it with --build, which builds the image that no registry has', () => {
  expect(read('README.md')).toContain('docker compose -f docker/compose.yml up --build');
  expect(read('docker/compose.yml')).toMatch(/^# docker compose -f docker\/compose\.yml up --build$/m);
});

/** What the service sets, over what its image sets. */
function settingsOf(name: string): Record<string, string> {
  const variables = Object.entries(services[name]?.environment ?? {});
  const set = variables.map(([variable, value]) => [
    variable,
    String(value).replace('${LOG_LEVEL:-info}', 'info'),
  ]);
  return { ...imageEnvironment(), ...(Object.fromEntries(set) as Record<string, string>) };
}

function graceMs(name: string): number {
  return Number.parseInt(services[name]?.stop_grace_period ?? '', 10) * 1_000;
}
