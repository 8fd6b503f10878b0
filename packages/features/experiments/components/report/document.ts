import type { DrawnLift } from "../analytics/charts/lift-scale";
import type { Scale } from "../analytics/charts/scale";
import type { VerdictTone } from "../analytics/verdict-states";

/** A report in words: the page, its print and the file are made of this, so that they say the same. */
export interface ReportDocument {
  title: string;
  /** That it is not the last word, where it is not. */
  mark: string | null;
  /** Where it stands, and as of when: one moment for all its figures. */
  facts: string[];
  sections: ReportSection[];
}

export interface ReportSection {
  title: string;
  blocks: ReportBlock[];
}

/** Texts are plain, but for keys that are marked: whatever shows them escapes them, and sets keys as code. */
export type ReportBlock =
  | { kind: "text"; text: string }
  | { kind: "rows"; rows: ReportRow[] }
  | { kind: "verdict"; tone: VerdictTone; title: string; detail: string }
  | ReportTable;

export interface ReportTable {
  kind: "table";
  title: string | null;
  note: string | null;
  columns: ReportColumn[];
  rows: string[][];
  /** Intervals that are drawn below the figures of a column, which say the same. */
  plot?: ReportPlot;
}

export interface ReportPlot {
  column: number;
  scale: Scale;
  /** As many as rows; null where nothing is drawn. */
  lifts: ((DrawnLift & { color: string }) | null)[];
}

export interface ReportRow {
  term: string;
  /** Each a line of its own. */
  values: string[];
}

export interface ReportColumn {
  label: string;
  isNumeric: boolean;
  /** Of the page's width, in percent: so that equal columns of tables below one another are in line. */
  share: number;
}

/** The columns of a report's tables: the variant, a count of it, one more count, a value, its effect, and that per month. */
export const COLUMN_SHARES = { variant: 18, count: 11, more: 11, value: 12, effect: 33, month: 15 };

/** A row, unless there is nothing to say. */
export function rowOf(term: string, ...values: (string | null | undefined | false)[]): ReportRow[] {
  const said = values.filter((value) => typeof value === "string" && value !== "") as string[];
  return said.length === 0 ? [] : [{ term, values: said }];
}
