import type { ComponentChildren } from 'preact';
import './data-table.css';

export type Column<Row> = {
  /** Heading of the column, and label of the cell where the table is narrow. */
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers are aligned at their end, acts have no visible heading. */
  readonly kind?: 'number' | 'acts';
};

type DataTableProps<Row> = {
  /** What the table lists, for screen readers. */
  readonly caption: string;
  /** The first column is the heading of its row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Shown in place of a table without rows. */
  readonly empty: ComponentChildren;
};

/** A table with a sticky heading; where the page is narrow, each row is a card. */
export function DataTable<Row>({ caption, columns, rows, rowKey, empty }: DataTableProps<Row>) {
  if (rows.length === 0) return <div class="empty">{empty}</div>;
  return (
    <div class="table-frame">
      {/* The roles stay when the style of a narrow page takes them from the elements. */}
      <table class="table" role="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.title} role="columnheader" scope="col" class={classOf(column)}>
                <span class={column.kind === 'acts' ? 'visually-hidden' : undefined}>{column.title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <Row key={rowKey(row)} columns={columns} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row<RowData>({
  columns,
  row,
}: {
  readonly columns: readonly Column<RowData>[];
  readonly row: RowData;
}) {
  return (
    <tr role="row">
      {columns.map((column, place) =>
        place === 0 ? (
          <th key={column.title} role="rowheader" scope="row" class={classOf(column)}>
            {column.cell(row)}
          </th>
        ) : (
          <td key={column.title} role="cell" class={classOf(column)} data-label={column.title}>
            {column.cell(row)}
          </td>
        ),
      )}
    </tr>
  );
}

function classOf({ kind }: Pick<Column<unknown>, 'kind'>): string | undefined {
  return kind === undefined ? undefined : `table-${kind}`;
}
