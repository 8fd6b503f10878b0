import type { DigestRow } from "../digest-row";
import type { MomentsRow, PopulationRow, Recount } from "../grid";
import type { Receipt } from "../types";
import { resultThatDoesNotFollow } from "../verify-engine";
import { marksThatDoNotFollow } from "../verify-register";
import { hashOf } from "./receipt";
import { ENGINE_VERSION } from "./versions";

export interface Verification {
  slug: string;
  concludedAt: string;
  /** Whether the same statement still gives the receipt's numbers, and they its result. */
  matches: boolean;
  /** What the result rests on, in sentences: the plan, what came of it, and who was compared. */
  basis: string[];
  /** What has changed, in sentences. */
  changes: string[];
  /** What has happened since without changing a number. */
  remarks: string[];
}

/** Compares a receipt with the same statement, run again today. */
export function verifyReceipt(receipt: Receipt, recount: Recount, digest: DigestRow): Verification {
  const { hash, ...content } = receipt;
  const erased = digest.erased - receipt.digest.erased;
  const numbers = numbersThatDiffer(receipt.recount, recount);
  const rows = [
    ...blocksThatDiffer("assignment", receipt.digest.assignments, digest.assignments),
    ...blocksThatDiffer("conversion", receipt.digest.conversions, digest.conversions),
    ...(receipt.digest.epochs === digest.epochs ? [] : ["The weights or times of an epoch were changed."]),
  ];
  const links = digest.links.rows - receipt.digest.links.rows;
  const isEdited = hashOf(content) !== hash;
  const isSameEngine = receipt.versions.engine === ENGINE_VERSION;
  const unfounded = [
    ...(isSameEngine ? resultThatDoesNotFollow(receipt) : []),
    ...marksThatDoNotFollow(receipt),
  ];
  return {
    slug: receipt.slug,
    concludedAt: receipt.concludedAt,
    matches: [numbers, rows, unfounded].every(({ length }) => length === 0) && !isEdited,
    basis: basisOf(receipt),
    changes: [
      ...(isEdited ? ["The receipt itself was edited: its hash does not fit its content."] : []),
      ...unfounded,
      ...rows,
      ...numbers,
      ...(numbers.length > 0 && erased > 0
        ? [
            `${plural(erased, "subject was", "subjects were")} erased since: what the application's tables said of them, and their segments, can no longer be found.`,
          ]
        : []),
    ],
    remarks: [
      ...receipt.result.metrics.flatMap(({ key, isChosenAfterStart, isRedefined }) =>
        isChosenAfterStart
          ? [
              `${key} was ${isRedefined ? "defined anew" : "chosen"} after the start: it is exploratory, and had no part in the verdict.`,
            ]
          : [],
      ),
      ...(erased > 0
        ? [`${plural(erased, "subject was", "subjects were")} erased since; variant and times were kept.`]
        : []),
      ...(links !== 0
        ? [`${Math.abs(links)} links of browsers to people are ${links < 0 ? "gone" : "new"}.`]
        : []),
      ...(isSameEngine
        ? []
        : [
            `The engine is version ${ENGINE_VERSION}, and was ${receipt.versions.engine}: the result itself is not computed again.`,
          ]),
      ...(digest.postgres === receipt.digest.postgres
        ? []
        : [`PostgreSQL is ${digest.postgres}, and was ${receipt.digest.postgres}.`]),
    ],
  };
}

/** Of older receipts, what they hold. */
function basisOf({ result, plan, concludedAt }: Receipt): string[] {
  const { settings, plannedSubjects, population, look, analysis, unit } = result;
  const { subjects, days } = plan ?? { subjects: plannedSubjects, days: settings.minimumRuntimeDays };
  const short = analysis?.endedShort ?? null;
  const reached = [
    ...(short !== null && short.units < short.plannedUnits
      ? [`${short.units} of ${short.plannedUnits} planned ${unit}s`]
      : []),
    ...(short !== null && short.days < short.plannedDays
      ? [`${short.days} of ${short.plannedDays} planned days`]
      : []),
  ];
  const open =
    population !== undefined && population.open > 0
      ? `, ${population.open} of them with a window still open`
      : "";
  return [
    `Planned: ${plural(subjects, unit, `${unit}s`)} and at least ${plural(days, "day", "days")}.`,
    ...(short === null
      ? []
      : [`Ended after ${reached.join(" and ")}: read with an interval that is valid whenever it ended.`]),
    ...(population === undefined || look === null
      ? []
      : [
          look === concludedAt
            ? `Compared: all ${plural(population.subjects, unit, `${unit}s`)} exposed until the end${open}.`
            : `Compared: ${plural(population.subjects, unit, `${unit}s`)} who came until the planned end.`,
        ]),
  ];
}

type Block = DigestRow["assignments"][number];

function blocksThatDiffer(what: string, before: readonly Block[], after: readonly Block[]): string[] {
  const now = new Map(after.map((block) => [block.block, block]));
  const was = new Map(before.map((block) => [block.block, block]));
  return [...new Set([...was.keys(), ...now.keys()])].sort().flatMap((name) => {
    const [a, b] = [was.get(name), now.get(name)];
    if (a?.hash === b?.hash) return [];
    const added = (b?.rows ?? 0) - (a?.rows ?? 0);
    const how =
      added === 0
        ? "changed"
        : added > 0
          ? `${added} more than there were, recorded after the receipt was made`
          : `${-added} fewer than there were`;
    return [`Rows of ${what}s differ where the assignment's id begins with ${name}: ${how}.`];
  });
}

/** The last digits of a floating point sum depend on how many workers added it up. */
const TOLERANCE = 1e-9;

function numbersThatDiffer(before: Recount, after: Recount): string[] {
  return [
    ...counts("imported rows", before.imported, after.imported),
    ...counts("people who saw two variants", before.mixed, after.mixed),
    ...populationThatDiffers(before.population, after.population),
    ...momentsThatDiffer(before.moments, after.moments),
  ];
}

function counts(what: string, before: number, after: number): string[] {
  return before === after ? [] : [`There were ${before} ${what}, and there are ${after}.`];
}

function populationThatDiffers(before: readonly PopulationRow[], after: readonly PopulationRow[]): string[] {
  const totals = (rows: readonly PopulationRow[]) => {
    const sums = new Map<string, number>();
    for (const { variant, epoch, day, n } of rows) {
      const key = `${variant} in epoch ${epoch}, ${day === null ? "not exposed" : `exposed on ${day}`}`;
      sums.set(key, (sums.get(key) ?? 0) + n);
    }
    return sums;
  };
  const [was, now] = [totals(before), totals(after)];
  return [...new Set([...was.keys(), ...now.keys()])].sort().flatMap((key) => {
    const [a, b] = [was.get(key) ?? 0, now.get(key) ?? 0];
    return a === b ? [] : [`${key}: ${a} subjects then, ${b} now.`];
  });
}

function momentsThatDiffer(before: readonly MomentsRow[], after: readonly MomentsRow[]): string[] {
  const keyOf = ({ metric, variant, epoch, day }: MomentsRow) =>
    `${metric} of ${variant} in epoch ${epoch}, exposed on ${day}`;
  const now = new Map(after.map((row) => [keyOf(row), row]));
  const was = new Map(before.map((row) => [keyOf(row), row]));
  return [...new Set([...was.keys(), ...now.keys()])].sort().flatMap((key) => {
    const [a, b] = [was.get(key), now.get(key)];
    if (a !== undefined && b !== undefined && isSame(a, b)) return [];
    return [`${key}: ${describe(a)} then, ${describe(b)} now.`];
  });
}

function isSame(a: MomentsRow, b: MomentsRow): boolean {
  if (a.n !== b.n || a.conversions !== b.conversions) return false;
  return (["yMean", "yM2", "xMean", "xM2", "comoment", "yMin", "xMin"] as const).every((part) => {
    // The smallest are absent in receipts of before they were asked, as in what their statements answer today.
    const [was, now] = [a[part] ?? 0, b[part] ?? 0];
    return Math.abs(was - now) <= TOLERANCE * Math.max(1, Math.abs(was), Math.abs(now));
  });
}

function describe(row: MomentsRow | undefined): string {
  return row === undefined
    ? "nobody"
    : `${row.n} subjects with a sum of ${Number((row.yMean * row.n).toPrecision(12))}`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
