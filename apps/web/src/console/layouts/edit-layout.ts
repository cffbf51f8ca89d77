import type { Layout } from '@frontrow/client';

type Category = Layout['categories'][number];
type Section = Layout['sections'][number];

/** A layout with some members of a category changed. */
export function changeCategory(layout: Layout, index: number, change: Partial<Category>): Layout {
  return {
    ...layout,
    categories: layout.categories.map((each, at) => (at === index ? { ...each, ...change } : each)),
  };
}

/** A layout with some members of a section changed. */
export function changeSection(layout: Layout, index: number, change: Partial<Section>): Layout {
  return {
    ...layout,
    sections: layout.sections.map((each, at) => (at === index ? { ...each, ...change } : each)),
  };
}

/** A section with another label of a row. */
export function renameRow(section: Section, index: number, label: string): Section {
  return { ...section, rows: section.rows.map((row, at) => (at === index ? { ...row, label } : row)) };
}

/** A section with other labels of the seats of a row; null where there are not as many labels as seats. */
export function relabelSeats(section: Section, index: number, labels: readonly string[]): Section | null {
  const row = section.rows[index];
  if (row === undefined || row.seats.length !== labels.length) return null;
  const renamed = new Map(row.seats.map(({ label }, at) => [label, labels[at] ?? label]));
  const seats = row.seats.map((seat, at) => ({
    ...seat,
    label: labels[at] ?? seat.label,
    ...(seat.companionOf === undefined
      ? {}
      : { companionOf: renamed.get(seat.companionOf) ?? seat.companionOf }),
  }));
  return { ...section, rows: section.rows.map((each, at) => (at === index ? { ...each, seats } : each)) };
}

/** Labels as one text, and back. */
export function joinLabels(labels: readonly string[]): string {
  return labels.join(', ');
}

export function splitLabels(text: string): readonly string[] {
  return text
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '');
}

/** How many seats a layout has. */
export function countSeats({ sections }: Layout): number {
  return sections.reduce((all, { rows }) => rows.reduce((sum, { seats }) => sum + seats.length, all), 0);
}
