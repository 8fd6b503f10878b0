import type { AuditEntry, Difference } from "../../../types/activity";
import { epochStarts } from "./epoch-starts";
import type { TimeSpan } from "./series";

/** What was changed at one place of the charts. Changes that no eye could tell apart share a number. */
export interface Mark {
  number: number;
  /** Epoch milliseconds, of the first. */
  at: number;
  changes: MarkedChange[];
}

export interface MarkedChange {
  entry: AuditEntry;
  /** What of it may move a curve; the activity has the rest. */
  differences: Difference[];
}

/** Split, traffic and what variants are; whom it is for; what is measured. */
const MOVES_CURVES =
  /^(?:variants|trafficPercentage|targetingRules|exclusionGroups|metrics|clientEvents)(?:\.|$)/;

/** Between which it is interrupted and goes on; start and end are where the charts begin and end. */
const UNDER_WAY: ReadonlySet<unknown> = new Set(["running", "paused", "off"]);

/** As a share of the width: numbers that are nearer would cover each other. */
const NEAREST = 0.025;

/** Changes while the charts run, in the order of time. */
export function marksOf(entries: readonly AuditEntry[], span: TimeSpan): Mark[] {
  const changes = entries
    .map((entry) => ({ entry, differences: entry.differences.filter(isShown) }))
    .filter(({ entry, differences }) => differences.length > 0 && isUpdate(entry))
    .filter(({ entry: { at } }) => at.getTime() > span.from && at.getTime() < span.until)
    .sort((a, b) => a.entry.at.getTime() - b.entry.at.getTime());
  const marks: Mark[] = [];
  for (const change of changes) {
    const at = change.entry.at.getTime();
    const last = marks.at(-1);
    if (last !== undefined && at - last.at < nearest(span)) last.changes.push(change);
    else marks.push({ number: marks.length + 1, at, changes: [change] });
  }
  return marks;
}

function isUpdate({ tableName, action }: AuditEntry): boolean {
  return tableName === "Feature" && action === "UPDATE";
}

function isShown({ path, before, after }: Difference): boolean {
  return path === "status" ? UNDER_WAY.has(before) && UNDER_WAY.has(after) : MOVES_CURVES.test(path);
}

function nearest({ from, until }: TimeSpan): number {
  return NEAREST * (until - from);
}

/** Phases that began without a change that is marked: of those nothing more is known. */
export function unmarkedStarts(
  epochs: Parameters<typeof epochStarts>[0],
  marks: readonly Mark[],
  span: TimeSpan,
): number[] {
  const isMarked = (at: number) =>
    marks.some((mark) =>
      mark.changes.some(({ entry }) => Math.abs(entry.at.getTime() - at) < Math.max(SAME_MS, nearest(span))),
    );
  return epochStarts(epochs, span).filter((at) => !isMarked(at));
}

/** One transaction writes both. */
const SAME_MS = 2_000;
