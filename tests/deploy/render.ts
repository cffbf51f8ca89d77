import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { findKustomize } from '../support/services/deployment-tools.ts';
import { runCommand } from '../support/services/run-command.ts';

export type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
};

export const OVERLAYS = ['production', 'staging'] as const;
export type Overlay = (typeof OVERLAYS)[number];

/** The resources that `kubectl apply --kustomize` sends to the API server. */
export async function renderOverlay(overlay: Overlay): Promise<readonly Manifest[]> {
  const folder = fileURLToPath(new URL(`../../deploy/overlays/${overlay}`, import.meta.url));
  const printed = await runCommand([...(await findKustomize()), folder]);
  return parseAllDocuments(printed).map((document) => document.toJS() as Manifest);
}
