"use client";

import { cn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@calcom/ui";
import type { CSSProperties } from "react";
import { LiftAxis, LiftBelow } from "../analytics/charts";
import { VerdictIcon } from "../analytics/VerdictIcon";
import { verdictCard } from "../analytics/verdict-states";
import { SetupRow } from "../detail/setup/SetupRow";
import { Keyed } from "../shared/Keyed";
import {
  PHONE_BODY,
  PHONE_CELL,
  PHONE_HEAD,
  PHONE_ROW,
  PHONE_TABLE,
  PhoneLabel,
} from "../shared/phone-table";
import type { ReportBlock, ReportPlot, ReportTable as TableBlock } from "./document";

/** Of the plot's column, which is narrow on a page that is printed: as wide as a label of its axis. */
const LABEL_SHARE = 0.2;

interface ReportBlockViewProps {
  block: ReportBlock;
  /** Of the section, which names a table that has no title. */
  label: string;
}

export function ReportBlockView({ block, label }: ReportBlockViewProps) {
  switch (block.kind) {
    case "text":
      return (
        <p className="wrap-anywhere max-w-prose whitespace-pre-line text-sm">
          <Keyed>{block.text}</Keyed>
        </p>
      );
    case "rows":
      return (
        <dl className="border-t text-dense">
          {block.rows.map(({ term, values }) => (
            <SetupRow key={term} term={term}>
              <Keyed>{values.join("\n")}</Keyed>
            </SetupRow>
          ))}
        </dl>
      );
    case "verdict":
      return (
        <div className={cn("flex break-inside-avoid gap-2.5 rounded-lg border p-4", verdictCard(block.tone))}>
          <VerdictIcon tone={block.tone} className="mt-0.5 size-5" />
          <div className="grid min-w-0 gap-1">
            <p className="wrap-anywhere text-pretty font-semibold">
              <Keyed>{block.title}</Keyed>
            </p>
            <p className="wrap-anywhere max-w-prose text-pretty text-dense text-muted-foreground">
              <Keyed>{block.detail}</Keyed>
            </p>
          </div>
        </div>
      );
    case "table":
      return <ReportTable {...block} label={label} />;
  }
}

/** Of more than two columns a phone shows each row as a list, in which the figures bear the heads. */
function ReportTable({ title, note, columns, rows, plot, label }: TableBlock & { label: string }) {
  const isList = columns.length > 2;
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  // What ends a narrow table stands under the same column of a wider one, which does not end there.
  const edge = whole >= 100 ? "last:pr-0" : "max-sm:last:pr-0";
  return (
    <div
      className="grid w-(--width) min-w-0 gap-1 max-sm:w-full"
      style={{ "--width": `${whole}%` } as CSSProperties}
    >
      {title !== null && <h3 className="wrap-anywhere font-medium text-sm">{title}</h3>}
      {note !== null && <p className="text-dense text-muted-foreground">{note}</p>}
      <Table scrollLabel={title ?? label} className={cn("sm:table-fixed", isList && PHONE_TABLE)}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.label} style={{ width: `${(100 * column.share) / whole}%` }} />
          ))}
        </colgroup>
        <TableHeader className={cn(isList && PHONE_HEAD)}>
          <TableRow>
            {columns.map((column, place) => (
              <TableHead
                key={column.label}
                numeric={column.isNumeric}
                className={cn("whitespace-normal first:pl-0", edge)}
              >
                {column.label}
                {plot?.column === place && isDrawn(plot) && (
                  <LiftAxis scale={plot.scale} tooNear={LABEL_SHARE} />
                )}
              </TableHead>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody className={cn(isList && PHONE_BODY)}>
          {rows.map((cells, line) => (
            <TableRow key={cells[0]} className={cn(isList && PHONE_ROW)}>
              {columns.map((column, place) => (
                <TableCell
                  key={column.label}
                  numeric={column.isNumeric}
                  className={cn(place === 0 ? "wrap-anywhere pl-0 font-mono" : edge, isList && PHONE_CELL)}
                >
                  {isList && place > 0 && <PhoneLabel>{column.label}</PhoneLabel>}
                  <span className="wrap-anywhere">
                    <Keyed>{cells[place] ?? ""}</Keyed>
                  </span>
                  {plot?.column === place && <Plot plot={plot} line={line} />}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function isDrawn({ lifts }: ReportPlot): boolean {
  return lifts.some((lift) => lift !== null);
}

/** Below the figures, which say the same. On a phone no head names the scale, so that each has its own. */
function Plot({ plot: { scale, lifts }, line }: { plot: ReportPlot; line: number }) {
  const lift = lifts[line];
  if (lift == null) return null;
  return (
    <div className="max-sm:w-full">
      <div className="sm:hidden">
        <LiftAxis scale={scale} />
      </div>
      <LiftBelow {...lift} scale={scale} />
    </div>
  );
}
