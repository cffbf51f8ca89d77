import { beforeAll, expect, it } from 'vitest';
import { ofKind, onlyOfKind, podsOf } from './pods.ts';
import { type Manifest, renderOverlay } from './render.ts';

let manifests: readonly Manifest[];
beforeAll(async () => {
  manifests = await renderOverlay('production');
});

it('the jobs around an opening change the autoscaler that exists, by an account that may change nothing else', () => {
  const autoscaler = onlyOfKind(manifests, 'HorizontalPodAutoscaler');
  const { scaleTargetRef, minReplicas, maxReplicas } = autoscaler['spec'] as {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas: number;
    readonly maxReplicas: number;
  };
  const target = ofKind(manifests, scaleTargetRef.kind).find(
    ({ metadata }) => metadata.name === scaleTargetRef.name,
  );
  expect(target?.['spec']).not.toHaveProperty('replicas');
  const role = onlyOfKind(manifests, 'Role');
  expect(role['rules']).toEqual([
    {
      apiGroups: ['autoscaling'],
      resources: ['horizontalpodautoscalers'],
      resourceNames: [autoscaler.metadata.name],
      verbs: ['get', 'patch'],
    },
  ]);
  const jobs = podsOf(manifests).filter(({ kind }) => kind === 'CronJob');
  const minima = jobs.map(({ name, spec }) => {
    const [verb, resource, , patch] = spec.containers[0].args ?? [];
    expect([verb, resource, spec.serviceAccountName]).toEqual([
      'patch',
      `horizontalpodautoscaler/${autoscaler.metadata.name}`,
      role.metadata.name,
    ]);
    const change = JSON.parse(patch?.replace('--patch=', '') ?? '') as { spec: { minReplicas: number } };
    return [name, change.spec.minReplicas];
  });
  const { 'before-opening': before, 'after-opening': after } = Object.fromEntries(minima) as Record<
    string,
    number
  >;
  expect(after).toBe(minReplicas);
  expect(before).toBeGreaterThan(minReplicas);
  expect(before).toBeLessThanOrEqual(maxReplicas);
});
