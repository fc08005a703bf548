import type { ReactNode } from 'react';

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  /** The column that names the row: on a phone it is the title of the row's card. */
  names?: boolean;
  /** Left out of the cards of a phone, where another column says it. */
  wideOnly?: boolean;
}

interface DataTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/**
 * A table; where it has no room, each row is a card with the heads beside its values.
 */
export function DataTable<Row>({ label, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    <table
      aria-label={label}
      className="block w-full border-separate border-spacing-0 text-14 md:table md:overflow-hidden md:rounded-card md:border md:border-wool-200 md:bg-wool-0"
    >
      <thead className="max-md:sr-only">
        <tr>
          {columns.map(({ head }) => (
            <th
              key={head}
              scope="col"
              className="border-b border-wool-200 bg-wool-100 px-3 py-1.5 text-start text-13 font-normal text-wool-600"
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="grid gap-2 md:table-row-group">
        {rows.map((row) => (
          <tr
            key={keyOf(row)}
            className="group grid gap-1 rounded-card border border-wool-200 bg-wool-0 p-3 md:table-row md:hover:bg-wool-50"
          >
            {columns.map((column) => (
              <td
                key={column.head}
                className={`flex items-baseline justify-between gap-4 empty:hidden md:table-cell md:border-b md:border-wool-200 md:px-3 md:py-1.5 md:align-middle md:group-last:border-b-0 ${
                  column.names ? 'text-16 md:text-14' : ''
                } ${column.wideOnly ? 'max-md:hidden' : ''}`}
              >
                {!column.names && (
                  <span aria-hidden className="flex-none text-13 text-wool-600 md:hidden">
                    {column.head}
                  </span>
                )}
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
