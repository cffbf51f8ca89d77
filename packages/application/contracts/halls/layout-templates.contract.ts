import type { LayoutTemplate } from '@frontrow/domain/halls/layout-template.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { describe, expect, it } from 'vitest';
import { CONTRACT_LAYOUT } from '../shared/contract-layout.ts';
import { type OpenPorts, REFUSED, listAll, usePorts, write } from '../shared/contract-support.ts';

type TemplatePorts = 'transact' | 'layoutTemplateReads' | 'ids';

const OTHER_LAYOUT: Layout = { ...CONTRACT_LAYOUT, stage: { x: -0.5, y: 1e-7 } };

export function describeLayoutTemplatesContract(name: string, open: OpenPorts<TemplatePorts>): void {
  describe(`LayoutTemplates (${name})`, () => {
    const ports = usePorts(open);
    const find = (id: string) => ports().layoutTemplateReads.find(id);
    const add = (template: LayoutTemplate) =>
      write(ports(), ({ layoutTemplates }) => layoutTemplates.add(template, CONTRACT_LAYOUT));

    function newTemplate(facts: Partial<LayoutTemplate> = {}): LayoutTemplate {
      const id = ports().ids.next();
      const times = { createdAt: 1_000, updatedAt: 1_000 };
      return { id, name: `Hall ${id}`, seatCount: 4, version: 1, ...times, ...facts };
    }

    it('finds a template as it was added and as it was replaced', async () => {
      const template = newTemplate();
      const digest = await add(template);
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      expect(await find(template.id)).toEqual({ template, layout: CONTRACT_LAYOUT });
      const next = { ...template, name: `${template.name}!`, seatCount: 5, version: 2, updatedAt: 2_000 };
      await write(ports(), async ({ layoutTemplates }) => {
        expect(await layoutTemplates.lock(template.id)).toEqual({ template, layoutDigest: digest });
        const replaced = await layoutTemplates.save(next, OTHER_LAYOUT);
        expect(await layoutTemplates.lock(template.id)).toEqual({ template: next, layoutDigest: replaced });
        expect(replaced).not.toBe(digest);
      });
      expect(await find(template.id)).toEqual({ template: next, layout: OTHER_LAYOUT });
    });

    it('has no unknown and no removed template', async () => {
      const template = newTemplate();
      await add(template);
      await write(ports(), ({ layoutTemplates }) => layoutTemplates.remove(template.id));
      const unknown = ports().ids.next();
      for (const id of [template.id, unknown, '__proto__']) {
        expect(await find(id)).toBeNull();
        expect(await write(ports(), ({ layoutTemplates }) => layoutTemplates.lock(id))).toBeNull();
      }
    });

    it('gives a name to one template only', async () => {
      const [first, second] = [newTemplate(), newTemplate()];
      await add(first);
      await add(second);
      expect(await add(newTemplate({ name: first.name }))).toBeNull();
      const save = (template: LayoutTemplate) =>
        write(ports(), ({ layoutTemplates }) => layoutTemplates.save(template, OTHER_LAYOUT));
      expect(await save({ ...second, name: first.name, version: 2 })).toBeNull();
      expect(await find(second.id)).toEqual({ template: second, layout: CONTRACT_LAYOUT });
      expect(await add(newTemplate({ name: first.name.toLowerCase() }))).not.toBeNull();
      expect(await save({ ...second, version: 2 })).not.toBeNull();
      await write(ports(), (unit) => unit.layoutTemplates.remove(first.id));
      expect(await add(newTemplate({ name: first.name }))).not.toBeNull();
    });

    it('gives a name to one of two templates that are added at once', async () => {
      const shared = `Hall ${ports().ids.next()}`;
      const added = await Promise.all([1, 2, 3].map(() => add(newTemplate({ name: shared }))));
      expect(added.filter((digest) => digest !== null)).toHaveLength(1);
    });

    it('lists templates, oldest first, a page at a time', async () => {
      const added = [newTemplate(), newTemplate(), newTemplate()];
      for (const template of added.toReversed()) await add(template);
      const listed = await listAll((page) => ports().layoutTemplateReads.list(page), 2);
      const ids = new Set(added.map(({ id }) => id));
      expect(listed.filter(({ id }) => ids.has(id))).toEqual(added);
    });

    it('stores nothing of a rolled-back transaction', async () => {
      const template = newTemplate();
      await ports().transact(async ({ layoutTemplates }) => {
        await layoutTemplates.add(template, CONTRACT_LAYOUT);
        return REFUSED;
      }, 'STAFF');
      expect(await find(template.id)).toBeNull();
    });
  });
}
