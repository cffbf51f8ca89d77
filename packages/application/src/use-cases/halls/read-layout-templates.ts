import type { LayoutTemplate } from '@frontrow/domain/halls/layout-template.ts';
import type { LayoutTemplateId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { TemplateWithLayout } from '../../ports/halls/layout-templates.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';

/** Oldest first. */
export type ListLayoutTemplates = (page: PageRequest) => Promise<Page<LayoutTemplate>>;
export type GetLayoutTemplate = (id: LayoutTemplateId) => Promise<Result<TemplateWithLayout, NotFound>>;

type ReadPorts = Pick<Ports, 'layoutTemplateReads'>;

export function createListLayoutTemplates({ layoutTemplateReads }: ReadPorts): ListLayoutTemplates {
  return (page) => layoutTemplateReads.list(page);
}

export function createGetLayoutTemplate({ layoutTemplateReads }: ReadPorts): GetLayoutTemplate {
  return async (id) => {
    const found = await layoutTemplateReads.find(id);
    return found === null ? refuse(notFound('layout template')) : ok(found);
  };
}
