import type { HostId } from "../types/host-id";
import type { PersonShow } from "../types/people";
import type { Status, Unit } from "../types/settings";
import type { CompiledExperiment } from "./compile";

/** The ids under which experiments know somebody: a user has those of their teams and browsers too. */
export interface PersonIds {
  unit: Unit;
  userId: HostId | null;
  teamIds: readonly HostId[];
  /** The one that is asked about stands first. */
  visitorIds: readonly string[];
}

/** A row as far as the order needs it. */
export interface LineRow {
  slug: string;
  unit: Unit;
  unitId: string;
  assignedAt: Date;
}

/** One experiment or flag, and whose answer it is. */
export interface PersonLine<Row> {
  experiment: CompiledExperiment;
  /** Null if the id is unknown. */
  unitId: string | null;
  isFlag: boolean;
  /** The rows by which it knows them: a visitor may have one of each browser. */
  rows: Row[];
}

/**
 * All that answers for somebody: what they have a row of first, the latest on top, then what is live, and of each the
 * slugs in order.
 */
export function listLines<Row extends LineRow>(
  experiments: readonly CompiledExperiment[],
  ids: PersonIds,
  rows: readonly Row[],
): PersonLine<Row>[] {
  const bySubject = groupRows(rows);
  return experiments
    .flatMap((experiment) => linesOf(experiment, ids, bySubject))
    .map((line) => ({ line, latest: latestOf(line.rows), rank: ranks[line.experiment.status] }))
    .sort(
      (a, b) =>
        b.latest - a.latest ||
        Number(a.line.isFlag) - Number(b.line.isFlag) ||
        a.rank - b.rank ||
        compareTexts(a.line.experiment.slug, b.line.experiment.slug) ||
        compareTexts(a.line.unitId ?? "", b.line.unitId ?? ""),
    )
    .map(({ line }) => line);
}

export function isShown(
  { experiment, isFlag, rows }: PersonLine<unknown>,
  show: PersonShow,
  slugs: ReadonlySet<string> | null,
): boolean {
  if (slugs !== null && !slugs.has(experiment.slug)) return false;
  if (show === "all") return true;
  if (show === "flags") return isFlag;
  return !isFlag && rows.length > 0 === (show === "assigned");
}

/** A flag that is no experiment. Those have variants. */
export function isPlainFlag({ flag, variants }: CompiledExperiment): boolean {
  return flag?.answers === true && variants.length === 0;
}

const ranks: Record<Status, number> = { running: 0, paused: 1, off: 2, concluded: 3, draft: 4, archived: 5 };

function linesOf<Row extends LineRow>(
  experiment: CompiledExperiment,
  ids: PersonIds,
  bySubject: ReadonlyMap<string, Row[]>,
): PersonLine<Row>[] {
  const isFlag = isPlainFlag(experiment);
  const rowsOf = (unitId: string) => bySubject.get(keyOf(experiment.slug, experiment.unit, unitId)) ?? [];
  const lineOf = (id: HostId) => ({ experiment, unitId: `${id}`, isFlag, rows: rowsOf(`${id}`) });
  // Flags have no unit: they answer for the person that was asked about.
  if (isFlag && ids.unit !== "visitor") {
    const id = ids.unit === "user" ? ids.userId : (ids.teamIds[0] ?? null);
    return [{ experiment, unitId: id === null ? null : String(id), isFlag, rows: [] }];
  }
  if (isFlag) return [];
  if (experiment.unit === "visitor") {
    if (ids.unit === "team") return [];
    // A person keeps in every browser what they saw first.
    const rows = ids.visitorIds.flatMap(rowsOf);
    return [{ experiment, unitId: ids.visitorIds[0] ?? null, isFlag, rows }];
  }
  if (experiment.unit === "team") return ids.teamIds.map(lineOf);
  return ids.unit === "user" && ids.userId !== null ? [lineOf(ids.userId)] : [];
}

function groupRows<Row extends LineRow>(rows: readonly Row[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row.slug, row.unit, row.unitId);
    const known = grouped.get(key);
    if (known === undefined) grouped.set(key, [row]);
    else known.push(row);
  }
  return grouped;
}

function keyOf(slug: string, unit: Unit, unitId: string): string {
  return `${slug} ${unit} ${unitId}`;
}

function latestOf(rows: readonly LineRow[]): number {
  return rows.reduce((latest, { assignedAt }) => Math.max(latest, assignedAt.getTime()), 0);
}

/** By code unit: pages must follow each other in one order. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
