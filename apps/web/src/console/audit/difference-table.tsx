import { type Column, DataTable } from '../components/data-table.tsx';
import type { Difference } from './difference.ts';
import './difference.css';

type DifferenceTableProps = {
  readonly differences: readonly Difference[];
  readonly caption: string;
  /** The headings of the values. */
  readonly before?: string;
  readonly after?: string;
  /** What a member is called; its path by default. */
  readonly nameOf?: (path: string) => string;
  readonly textOf?: (value: unknown, path: string) => string;
};

/** What was before and what is after, member by member. */
export function DifferenceTable(props: DifferenceTableProps) {
  const { differences, caption, before = 'Before', after = 'After' } = props;
  const { nameOf = (path) => (path === '' ? 'Everything' : path), textOf = textOfJson } = props;
  return (
    <DataTable
      caption={caption}
      rows={differences}
      rowKey={({ path }) => path}
      empty={<p>Nothing differs.</p>}
      columns={columnsOf({ before, after, nameOf, textOf })}
    />
  );
}

type Words = Required<Pick<DifferenceTableProps, 'before' | 'after' | 'nameOf' | 'textOf'>>;

function columnsOf({ before, after, nameOf, textOf }: Words): readonly Column<Difference>[] {
  return [
    { title: 'Member', cell: ({ path }) => nameOf(path) },
    { title: before, cell: (each) => <del class="value">{textOf(each.before, each.path)}</del> },
    { title: after, cell: (each) => <ins class="value">{textOf(each.after, each.path)}</ins> },
  ];
}

const TEXT_LENGTH_MAX = 500;

/** A JSON value as text, cut where nobody would read it to its end. */
function textOfJson(value: unknown): string {
  if (value === undefined || value === null) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > TEXT_LENGTH_MAX ? `${text.slice(0, TEXT_LENGTH_MAX)} …` : text;
}
