import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Pod, type Selector, environmentOf, ofKind, podsOf, selects } from './pods.ts';
import { type Manifest, OVERLAYS, type Overlay, renderOverlay } from './render.ts';
import { schemaComplaints } from './schema-complaints.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
/** The pods that may use the Kubernetes API. */
const CHANGE_AUTOSCALER = { production: ['after-opening', 'before-opening'], staging: [] };
const rendered = new Map<Overlay, readonly Manifest[]>();

beforeAll(async () => {
  for (const overlay of OVERLAYS) rendered.set(overlay, await renderOverlay(overlay));
});

describe.each(OVERLAYS)('the overlay %s', (overlay) => {
  const manifests = () => rendered.get(overlay) ?? [];
  const pods = () => podsOf(manifests());
  const processes = () => pods().filter(({ kind }) => kind === 'Deployment');
  const specsOf = <T>(kind: string) => ofKind(manifests(), kind).map(({ spec }) => spec as T);

  it('is valid by the schemas of Kubernetes and of the Prometheus Operator', async () => {
    expect(manifests().length).toBeGreaterThan(10);
    expect(await schemaComplaints(manifests())).toEqual([]);
  });

  it('has every resource in one namespace, and no two of a name', () => {
    const namespaces = manifests().map(({ kind, metadata }) =>
      kind === 'Namespace' ? metadata.name : metadata.namespace,
    );
    expect(new Set(namespaces).size).toBe(1);
    const names = manifests().map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('runs every pod without root, capabilities, a writable root and a token it does not need', () => {
    const user = /^USER (\d+):(\d+)$/m.exec(read('docker/Dockerfile'));
    expect(pods().length).toBeGreaterThan(2);
    for (const { spec } of pods()) {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: Number(user?.[1]),
        runAsGroup: Number(user?.[2]),
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(spec.containers).toHaveLength(1);
      expect(spec.containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    const withToken = pods().filter(({ spec }) => spec.automountServiceAccountToken !== false);
    expect(namesOf(withToken)).toEqual(CHANGE_AUTOSCALER[overlay]);
  });

  it('requests CPU and memory for every container, limits its memory and names an exact image', () => {
    for (const { spec } of pods()) {
      const [{ resources, image }] = spec.containers;
      expect(Object.keys(resources.requests).toSorted()).toEqual(['cpu', 'memory']);
      expect(resources.limits).toHaveProperty('memory');
      expect(image).toMatch(/:(v?\d+\.\d+\.\d+)(@sha256:[0-9a-f]{64})?$/);
      expect(image).not.toMatch(/^frontrow/);
    }
  });

  it('names ports that exist, with the numbers of the settings', () => {
    const numbers = processes().map((pod) => {
      const { PORT, OPERATIONS_PORT, WORKER_PORT } = environmentOf(pod, manifests());
      const expected =
        pod.name === 'http' ? { http: PORT, operations: OPERATIONS_PORT } : { operations: WORKER_PORT };
      const ports = pod.spec.containers[0].ports ?? [];
      return [Object.fromEntries(ports.map((port) => [port.name, String(port.containerPort)])), expected];
    });
    expect(numbers).toHaveLength(2);
    for (const [actual, expected] of numbers) expect(actual).toEqual(expected);

    type Service = {
      readonly selector: Record<string, string>;
      readonly ports: { readonly targetPort: string }[];
    };
    for (const { selector, ports } of specsOf<Service>('Service')) {
      const selected = pods().filter((pod) => selects({ matchLabels: selector }, pod));
      expect(selected.map(({ name }) => name)).toEqual(['http']);
      expect(ports.map(({ targetPort }) => targetPort)).toEqual(['http']);
    }
  });

  it('probes the routes of health on the port of operations', () => {
    for (const { spec } of processes()) {
      const { startupProbe, livenessProbe, readinessProbe } = spec.containers[0];
      expect(startupProbe?.httpGet).toEqual({ path: '/livez', port: 'operations' });
      expect(livenessProbe?.httpGet).toEqual({ path: '/livez', port: 'operations' });
      expect(readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'operations' });
    }
  });

  it('lets a process end in its own order before it is killed', () => {
    for (const pod of processes()) {
      const { SHUTDOWN_DELAY_MS = '0', SHUTDOWN_GRACE_MS } = environmentOf(pod, manifests());
      const pauseS = pod.spec.containers[0].lifecycle?.preStop.sleep.seconds ?? 0;
      const ownS = (Number(SHUTDOWN_DELAY_MS) + Number(SHUTDOWN_GRACE_MS)) / 1_000;
      expect(pauseS + ownS + 5).toBeLessThanOrEqual(pod.spec.terminationGracePeriodSeconds ?? 0);
      const isServing = pod.name === 'http';
      expect([pauseS > 0, Number(SHUTDOWN_DELAY_MS) > 0]).toEqual([isServing, isServing]);
    }
  });

  it('updates without a pause, and evicts one pod of a kind at a time', () => {
    const strategies = specsOf<{ strategy: { rollingUpdate: unknown } }>('Deployment');
    for (const { strategy } of strategies)
      expect(strategy.rollingUpdate).toMatchObject({ maxUnavailable: 0 });
    const budgets = specsOf<{ selector: Selector; maxUnavailable: number }>('PodDisruptionBudget');
    expect(budgets.map(({ maxUnavailable }) => maxUnavailable)).toEqual([1, 1]);
    const guarded = budgets.map(({ selector }) => namesOf(pods().filter((pod) => selects(selector, pod))));
    expect(guarded).toEqual([['http'], ['worker']]);
  });

  it('denies all traffic that no policy names', () => {
    const policies = specsOf<NetworkPolicy>('NetworkPolicy');
    expect(policies).toContainEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    for (const { podSelector, ingress = [] } of policies) {
      const selected = pods().filter((pod) => selects(podSelector, pod));
      expect(selected).not.toEqual([]);
      for (const { from = [], ports = [] } of ingress) {
        expect(from).not.toEqual([]);
        for (const { port } of ports)
          for (const pod of selected)
            expect(pod.spec.containers[0].ports?.map(({ name }) => name)).toContain(port);
      }
    }
  });

  it('lets requests of webhooks and of signing keys reach public addresses only', () => {
    const rules = specsOf<NetworkPolicy>('NetworkPolicy').flatMap(({ egress = [], podSelector }) =>
      egress.map((rule) => ({ ...rule, podSelector })),
    );
    const wide = rules.filter(({ to = [] }) => to.some(({ ipBlock }) => ipBlock?.cidr.endsWith('/0')));
    expect(wide).toHaveLength(1);
    expect(wide[0]?.ports).toEqual([{ protocol: 'TCP', port: 443 }]);
    expect(wide[0]?.to?.flatMap(({ ipBlock }) => ipBlock?.except ?? [])).toEqual(
      expect.arrayContaining([
        '10.0.0.0/8',
        '127.0.0.0/8',
        '169.254.0.0/16',
        '172.16.0.0/12',
        '192.168.0.0/16',
        'fc00::/7',
      ]),
    );
    // A rule without addresses reaches everything: only the account that may change the autoscaler has one.
    const unbounded = rules.filter(({ to }) => to === undefined).map(({ podSelector }) => podSelector);
    const reaching = unbounded.flatMap((selector) => namesOf(pods().filter((pod) => selects(selector, pod))));
    expect(reaching).toEqual(CHANGE_AUTOSCALER[overlay]);
  });
});

it('the overlay production narrows the networks of both databases', () => {
  const policies = ofKind(rendered.get('production') ?? [], 'NetworkPolicy');
  const networksOf = (name: string) =>
    policies
      .filter(({ metadata }) => metadata.name === name)
      .flatMap(({ spec }) => (spec as NetworkPolicy).egress ?? [])
      .flatMap(({ to = [] }) => to.map(({ ipBlock }) => ipBlock?.cidr));
  for (const name of ['all-to-mysql', 'processes-to-redis'])
    expect(networksOf(name)).toEqual(['10.20.0.0/16']);
});

type NetworkPolicy = {
  readonly podSelector: Selector;
  readonly ingress?: { readonly from?: unknown[]; readonly ports?: { readonly port: string }[] }[];
  readonly egress?: {
    readonly to?: { readonly ipBlock?: { readonly cidr: string; readonly except?: string[] } }[];
    readonly ports?: unknown[];
  }[];
};

function namesOf(pods: readonly Pod[]): string[] {
  return pods.map(({ name }) => name).toSorted();
}
