import { hash } from 'node:crypto';
import type { EventLayout, LayoutReads, Layouts } from '@frontrow/application/ports/halls/layouts.ts';
import type { MemoryView } from '../store/database.ts';
import { keyOf } from '../store/table.ts';

export function createMemoryLayoutReads({ tables }: Pick<MemoryView, 'tables'>): LayoutReads {
  return { find: async (of) => tables.layouts.get(layoutKey(of)) ?? null };
}

export function createMemoryLayouts({ tables }: Pick<MemoryView, 'tables'>): Layouts {
  return {
    ...createMemoryLayoutReads({ tables }),
    async add(of, layout) {
      tables.layouts.insert(layoutKey(of), layout);
      return hash('sha256', JSON.stringify(layout));
    },
  };
}

const layoutKey = ({ eventId, version }: EventLayout) => keyOf(eventId, version);
