import type { VerdictTone } from "../analytics/verdict-states";

/** A report in words: the page, its print and the file are made of this, so that they say the same. */
export interface ReportDocument {
  title: string;
  /** Where it stands, and as of when. */
  facts: string[];
  sections: ReportSection[];
}

export interface ReportSection {
  title: string;
  blocks: ReportBlock[];
}

/** Texts are plain: whatever shows them escapes them. */
export type ReportBlock =
  | { kind: "text"; text: string }
  | { kind: "rows"; rows: ReportRow[] }
  | { kind: "verdict"; tone: VerdictTone; title: string; detail: string }
  | { kind: "table"; title: string | null; note: string | null; columns: ReportColumn[]; rows: string[][] };

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

/** The columns of a report's tables: the variant, a count of it, one more count, a value, and what fills the rest. */
export const COLUMN_SHARES = { variant: 24, count: 15, more: 14, value: 15, effect: 32 };

/** A row, unless there is nothing to say. */
export function rowOf(term: string, ...values: (string | null | undefined | false)[]): ReportRow[] {
  const said = values.filter((value) => typeof value === "string" && value !== "") as string[];
  return said.length === 0 ? [] : [{ term, values: said }];
}
