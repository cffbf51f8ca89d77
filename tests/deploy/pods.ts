import { readFileSync } from 'node:fs';
import type { Manifest } from './render.ts';

export type Labels = Readonly<Record<string, string>>;
export type Selector = {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In';
    readonly values: string[];
  }[];
};
type Probe = { readonly httpGet: { readonly path: string; readonly port: string } };
type Container = {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly resources: Record<'requests' | 'limits', Labels>;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
};
type PodSpec = {
  readonly containers: readonly [Container];
  readonly terminationGracePeriodSeconds?: number;
  readonly automountServiceAccountToken?: boolean;
  readonly serviceAccountName?: string;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly volumes?: readonly {
    readonly projected: { readonly sources: readonly { readonly secret: { readonly name: string } }[] };
  }[];
};
/** The pods of one workload. Each has one container. */
export type Pod = {
  readonly name: string;
  readonly kind: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
};

type Template = { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };

export function podsOf(manifests: readonly Manifest[]): readonly Pod[] {
  return manifests.flatMap(({ kind, metadata: { name }, spec }) => {
    const template = templateOf(kind, spec);
    return template === null ? [] : [{ name, kind, labels: template.metadata.labels, spec: template.spec }];
  });
}

function templateOf(kind: string, spec: unknown): Template | null {
  if (kind === 'CronJob')
    return (spec as { jobTemplate: { spec: { template: Template } } }).jobTemplate.spec.template;
  return ['Deployment', 'Job'].includes(kind) ? (spec as { template: Template }).template : null;
}

/** Whether a selector of labels takes the pod; an empty one takes all. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, { labels }: Pod): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ''))
  );
}

export function ofKind(manifests: readonly Manifest[], kind: string): readonly Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

export function onlyOfKind(manifests: readonly Manifest[], kind: string): Manifest {
  const [found, another] = ofKind(manifests, kind);
  if (found === undefined || another !== undefined) throw new Error(`there is not exactly one ${kind}`);
  return found;
}

const DOCKERFILE = readFileSync(new URL('../../docker/Dockerfile', import.meta.url), 'utf8');

/** The variables that the image sets. */
export function imageEnvironment(): Readonly<Record<string, string>> {
  const [, line = ''] = /^ENV (.*)$/m.exec(DOCKERFILE) ?? [];
  return Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]));
}

/** The variables of a pod's only container: those of the image, and its ConfigMaps' over them. */
export function environmentOf(pod: Pod, manifests: readonly Manifest[]): Readonly<Record<string, string>> {
  const maps = (pod.spec.containers[0].envFrom ?? []).map(({ configMapRef }) => {
    const found = ofKind(manifests, 'ConfigMap').find(({ metadata }) => metadata.name === configMapRef.name);
    if (found === undefined) throw new Error(`${pod.name} names a missing ConfigMap ${configMapRef.name}`);
    return found['data'] as Record<string, string>;
  });
  return Object.assign({}, imageEnvironment(), ...maps) as Record<string, string>;
}
