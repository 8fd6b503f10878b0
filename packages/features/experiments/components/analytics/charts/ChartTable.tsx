import { TableBody, TableCell, TableHead, TableHeader, TableRow } from "@calcom/ui";

export interface ChartTableProps {
  caption: string;
  /** The first names the rows, the others are figures. */
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** The figures behind a chart. A long one scrolls in its own frame, by keyboard too. */
export function ChartTable({ caption, columns, rows }: ChartTableProps) {
  const [first, ...figures] = columns;
  const frame = { role: "group", "aria-label": caption, tabIndex: 0 };
  return (
    <div {...frame} className="relative mt-2 max-h-72 overflow-auto rounded-md border">
      <table className="w-full border-collapse text-dense tabular-nums">
        <caption className="px-3 pt-2 text-left text-muted-foreground text-xs">{caption}</caption>
        <TableHeader>
          <TableRow>
            <TableHead>{first}</TableHead>
            {figures.map((name) => (
              <TableHead key={name} numeric>
                {name}
              </TableHead>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map(([name, ...values]) => (
            <TableRow key={name}>
              <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left font-normal">
                {name}
              </th>
              {values.map((value, index) => (
                <TableCell key={figures[index]} numeric className="py-1.5">
                  {value}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </table>
    </div>
  );
}
