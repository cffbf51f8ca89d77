import { hash } from 'node:crypto';
import type {
  LayoutTemplateReads,
  LayoutTemplates,
} from '@frontrow/application/ports/halls/layout-templates.ts';
import type { LayoutTemplate } from '@frontrow/domain/halls/layout-template.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { rowsOf } from '../store/table.ts';

export function createMemoryLayoutTemplateReads({ tables }: Pick<MemoryView, 'tables'>): LayoutTemplateReads {
  return {
    async list(page) {
      const templates = [...rowsOf(tables.layoutTemplates)].map(({ template }) => template);
      return paginateById(templates, page, 'OLDEST_FIRST');
    },
    find: async (id) => tables.layoutTemplates.get(id) ?? null,
  };
}

export function createMemoryLayoutTemplates({ tables }: Pick<MemoryView, 'tables'>): LayoutTemplates {
  const { layoutTemplates } = tables;

  async function put(template: LayoutTemplate, layout: Layout): Promise<string | null> {
    const isNamed = ({ id, name }: LayoutTemplate) => id !== template.id && name === template.name;
    if ([...rowsOf(layoutTemplates)].some((row) => isNamed(row.template))) return null;
    layoutTemplates.put(template.id, { template, layout });
    return digestOf(layout);
  }

  return {
    add: put,
    save: put,
    async lock(id) {
      const row = layoutTemplates.get(id);
      return row === undefined ? null : { template: row.template, layoutDigest: digestOf(row.layout) };
    },
    remove: async (id) => layoutTemplates.remove(id),
  };
}

function digestOf(layout: Layout): string {
  return hash('sha256', JSON.stringify(layout));
}
