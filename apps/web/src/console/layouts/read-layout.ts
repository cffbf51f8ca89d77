import type { Layout } from '@frontrow/client';

/** A layout of a text, or why there is none. */
export type ReadLayout =
  { readonly ok: true; readonly layout: Layout } | { readonly ok: false; readonly detail: string };

/**
 * Reads JSON as far as a drawing needs it; the server checks the rest. A layout with another form is refused here, so that the
 * page does not fail on it.
 */
export function readLayout(text: string): ReadLayout {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      ok: false,
      detail: `This is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const fault = faultOf(value);
  return fault === null ? { ok: true, layout: value as Layout } : { ok: false, detail: fault };
}

function faultOf(value: unknown): string | null {
  if (!isObject(value)) return 'A layout is an object with categories and sections.';
  const { categories, sections } = value;
  if (!isListOf(categories, ['key', 'name', 'colour']))
    return 'categories has to be a list of objects with key, name, price and colour.';
  if (!isListOf(sections, ['name'])) return 'sections has to be a list of objects with name and rows.';
  for (const section of sections) {
    const { rows, name } = section;
    if (!isListOf(rows, ['label']))
      return `The rows of section ${name} have to be a list of objects with label and seats.`;
    for (const row of rows) {
      const { seats } = row;
      if (!isListOf(seats, ['label', 'category']))
        return `The seats of ${name} ${row['label']} have to be a list of objects with label and category.`;
      if (!seats.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)))
        return `The seats of ${name} ${row['label']} have to have numbers as x and y.`;
    }
  }
  return null;
}

type Members = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is a list of objects whose named members are texts. */
function isListOf<Name extends string>(
  value: unknown,
  names: readonly Name[],
): value is readonly (Members & Readonly<Record<Name, string>>)[] {
  return (
    Array.isArray(value) &&
    value.every((entry) => isObject(entry) && names.every((name) => typeof entry[name] === 'string'))
  );
}
