import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { LayoutTemplateId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { LayoutTemplateReads } from '../ports/halls/layout-templates.ts';

/** The present layout of a template. `checkLayout` has accepted it when it was stored. */
export async function findTemplateLayout(
  layoutTemplateReads: LayoutTemplateReads,
  id: LayoutTemplateId,
): Promise<Result<Layout, NotFound>> {
  const found = await layoutTemplateReads.find(id);
  return found === null ? refuse(notFound('layout template')) : ok(found.layout);
}
