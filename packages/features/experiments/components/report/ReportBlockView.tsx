"use client";

import { cn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@calcom/ui";
import { VerdictIcon } from "../analytics/VerdictIcon";
import { SetupRow } from "../detail/setup/SetupRow";
import type { ReportBlock } from "./document";

interface ReportBlockViewProps {
  block: ReportBlock;
  /** Of the section, which names a table that has no title. */
  label: string;
}

export function ReportBlockView({ block, label }: ReportBlockViewProps) {
  switch (block.kind) {
    case "text":
      return <p className="wrap-anywhere max-w-prose whitespace-pre-line text-sm">{block.text}</p>;
    case "rows":
      return (
        <dl className="border-t text-dense">
          {block.rows.map(({ term, values }) => (
            <SetupRow key={term} term={term}>
              {values.join("\n")}
            </SetupRow>
          ))}
        </dl>
      );
    case "verdict":
      return (
        <div className="flex break-inside-avoid gap-2.5 rounded-lg border p-4">
          <VerdictIcon tone={block.tone} className="mt-0.5 size-5" />
          <div className="grid min-w-0 gap-1">
            <p className="wrap-anywhere text-pretty font-semibold">{block.title}</p>
            <p className="wrap-anywhere max-w-prose text-pretty text-dense text-muted-foreground">
              {block.detail}
            </p>
          </div>
        </div>
      );
    case "table":
      return <ReportTable {...block} label={label} />;
  }
}

type TableBlock = Extract<ReportBlock, { kind: "table" }>;

/** Of more than two columns a phone shows each row as a list, in which the figures bear the heads. */
function ReportTable({ title, note, columns, rows, label }: TableBlock & { label: string }) {
  const isList = columns.length > 2;
  return (
    <div className={cn("grid min-w-0 gap-1", !isList && "max-w-md")}>
      {title !== null && <h3 className="wrap-anywhere font-medium text-sm">{title}</h3>}
      {note !== null && <p className="text-dense text-muted-foreground">{note}</p>}
      <Table scrollLabel={title ?? label}>
        <TableHeader className={cn(isList && "max-sm:hidden")}>
          <TableRow>
            {columns.map((column) => (
              <TableHead key={column.label} numeric={column.isNumeric} className="first:pl-0 last:pr-0">
                {column.label}
              </TableHead>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((cells) => (
            <TableRow key={cells[0]} className={cn(isList && "max-sm:block max-sm:py-2")}>
              {columns.map((column, place) => (
                <TableCell
                  key={column.label}
                  numeric={column.isNumeric}
                  className={cn(
                    place === 0 ? "wrap-anywhere min-w-24 pl-0 font-mono" : "last:pr-0",
                    isList && LIST_CELL,
                  )}
                >
                  {isList && place > 0 && (
                    <span className="text-muted-foreground sm:hidden">{column.label}</span>
                  )}
                  <span className="wrap-anywhere">{cells[place]}</span>
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

const LIST_CELL =
  "max-sm:flex max-sm:flex-wrap max-sm:justify-between max-sm:gap-x-4 max-sm:px-0 max-sm:py-0.5";
