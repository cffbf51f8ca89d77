import type { SalesReport } from '@frontrow/client';
import { formatMoney, formatNumber } from '../../../shared/i18n/formats.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';

type Seats = SalesReport['byPrice'][number];
type Group = Seats & { readonly key: string; readonly name: string; readonly refunded: number | null };

type CategoryTableProps = Pick<SalesReport, 'byCategory' | 'byPrice'>;

/** What is sold of each category or, without a layout, at each price; the share is drawn as a bar. */
export function CategoryTable({ byCategory, byPrice }: CategoryTableProps) {
  const groups: readonly Group[] =
    byCategory.length > 0
      ? byCategory
      : byPrice.map((each) => ({
          ...each,
          key: `${each.price}`,
          name: formatMoney(each.price),
          refunded: null,
        }));
  return (
    <DataTable
      caption={byCategory.length > 0 ? 'Sales by category' : 'Sales by price'}
      rows={groups}
      rowKey={({ key }) => key}
      empty={<p>The date has no seats.</p>}
      columns={columnsOf(byCategory.length > 0 ? 'Category' : 'Price')}
    />
  );
}

function columnsOf(title: string): readonly Column<Group>[] {
  return [
    { title, cell: ({ name }) => name },
    { title: 'Share', cell: (group) => <Share of={group} /> },
    { title: 'Price', kind: 'number', cell: ({ price }) => formatMoney(price) },
    numberColumn('Sold', ({ sold }) => sold),
    numberColumn('Given away', ({ complimentary }) => complimentary),
    numberColumn('Held', ({ held }) => held),
    numberColumn('Free', ({ available }) => available),
    numberColumn('Blocked', ({ blocked }) => blocked),
    numberColumn('Refunded', ({ refunded }) => refunded),
    { title: 'Revenue', kind: 'number', cell: ({ revenue }) => formatMoney(revenue) },
  ];
}

function numberColumn(title: string, of: (group: Group) => number | null): Column<Group> {
  return {
    title,
    kind: 'number',
    cell: (group) => {
      const value = of(group);
      return value === null ? '–' : formatNumber(value);
    },
  };
}

function Share({ of: { sold, complimentary, held, available, blocked } }: { readonly of: Group }) {
  const taken = sold + complimentary;
  const total = taken + held + available + blocked;
  return (
    <span class="share-cell">
      <span class="share" aria-hidden="true">
        <span class="share-sold" style={{ flexGrow: taken }} />
        <span class="share-held" style={{ flexGrow: held }} />
        <span class="share-free" style={{ flexGrow: available }} />
        <span class="share-blocked" style={{ flexGrow: blocked }} />
      </span>
      <span class="numbers">{total === 0 ? 0 : Math.round((100 * taken) / total)} % sold</span>
    </span>
  );
}
