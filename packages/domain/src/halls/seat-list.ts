import type { Money } from '../shared/money.ts';
import type { FieldError, ValidationFailed } from '../shared/refusals.ts';
import { type Result, refuse } from '../shared/result.ts';
import { LAYOUT_ERRORS_MAX, checkLayout } from './check-layout.ts';
import type { Category, Layout, LayoutSeat, Section } from './layout.ts';

/** A line of a list of seats, such as a CSV file. */
export type ListedSeat = {
  /** From 1, for the faults of a refusal. */
  readonly line: number;
  readonly section: string;
  readonly row: string;
  /** Of the category of the seat; null on a line that does not say it. */
  readonly price: Money | null;
  readonly seat: LayoutSeat;
};

/** The lines of each row, by section and row. */
type Sections = ReadonlyMap<string, ReadonlyMap<string, readonly ListedSeat[]>>;

/** Colours that can be told apart, given to the categories in their order. */
const COLOURS = ['#1e90ff', '#ffa500', '#2e8b57', '#dc143c', '#8a2be2', '#b8860b', '#20b2aa', '#ff69b4'];

/**
 * Arranges seats in seated sections and rows, each in the order of its first line, and the seats of a row in the order of
 * their lines. A category has its key as name, and the price of its lines: at least one line says it. The pointers of a
 * refusal are `root`, a line and a column, such as `/17/category`.
 */
export function layoutOfSeatList(list: readonly ListedSeat[], root = ''): Result<Layout, ValidationFailed> {
  const { categories, errors } = readCategories(list, root);
  if (errors.length > 0)
    return refuse({ code: 'VALIDATION_FAILED', errors: errors.slice(0, LAYOUT_ERRORS_MAX) });
  const sections = groupByRow(list);
  const checked = checkLayout({ categories, sections: [...sections].map(toSection) });
  if (checked.ok) return checked;
  const found = checked.refusal.errors.map(({ pointer, detail }) => ({
    pointer: `${root}${lineOf(pointer, list, sections, categories)}`,
    detail,
  }));
  return refuse({ code: 'VALIDATION_FAILED', errors: found });
}

function readCategories(list: readonly ListedSeat[], root: string) {
  const prices = new Map<string, { price: Money | null; line: number }>();
  const errors: FieldError[] = [];
  for (const { line, price, seat } of list) {
    const known = prices.get(seat.category);
    if (known === undefined || known.price === null) prices.set(seat.category, { line, price });
    else if (price !== null && price !== known.price)
      errors.push({
        pointer: `${root}/${line}/price`,
        detail: `must be ${known.price}, the price of the category on line ${known.line}`,
      });
  }
  const categories = [...prices].map(([key, { price, line }], index): Category => {
    if (price === null)
      errors.push({ pointer: `${root}/${line}/price`, detail: 'is needed on a line of the category' });
    return { key, name: key, price: price ?? 0, colour: COLOURS[index % COLOURS.length] ?? '' };
  });
  return { categories, errors };
}

function groupByRow(list: readonly ListedSeat[]): Sections {
  const sections = new Map<string, Map<string, ListedSeat[]>>();
  for (const listed of list) {
    const rows = sections.get(listed.section) ?? new Map<string, ListedSeat[]>();
    sections.set(listed.section, rows);
    const row = rows.get(listed.row) ?? [];
    rows.set(listed.row, row);
    row.push(listed);
  }
  return sections;
}

function toSection([name, rows]: readonly [string, ReadonlyMap<string, readonly ListedSeat[]>]): Section {
  const seatsOf = (row: readonly ListedSeat[]) => row.map(({ seat }) => seat);
  return {
    name,
    kind: 'SEATED',
    outline: [],
    rows: [...rows].map(([label, row]) => ({ label, seats: seatsOf(row) })),
  };
}

/** The line and the column of a pointer into the layout; empty for a fault of the whole list. */
function lineOf(
  pointer: string,
  list: readonly ListedSeat[],
  sections: Sections,
  categories: readonly Category[],
): string {
  const [, of, index, , row, , seat, member] = pointer.split('/');
  if (of === undefined || index === undefined) return '';
  if (of === 'categories') {
    const { key } = categories[Number(index)] ?? {};
    const first = list.find((listed) => listed.seat.category === key);
    return `/${first?.line}/${pointer.endsWith('/price') ? 'price' : 'category'}`;
  }
  const rows = [...([...sections.values()][Number(index)]?.values() ?? [])];
  const first = rows[Number(row ?? 0)]?.[Number(seat ?? 0)];
  if (seat !== undefined) return `/${first?.line}/${member === 'label' ? 'seat' : member}`;
  return `/${first?.line}/${row === undefined ? 'section' : 'row'}`;
}
