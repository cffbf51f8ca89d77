import type { Money } from '../shared/money.ts';
import type { Layout } from './layout.ts';

/** The layout with another price of one category; null where it has no such category. */
export function repriceCategory(layout: Layout, key: string, price: Money): Layout | null {
  if (!layout.categories.some((category) => category.key === key)) return null;
  const categories = layout.categories.map((category) =>
    category.key === key ? { ...category, price } : category,
  );
  return { ...layout, categories };
}
