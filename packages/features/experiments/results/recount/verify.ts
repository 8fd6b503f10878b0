import { written } from "@calcom/lib/sentence";
import type { DigestRow } from "../digest-row";
import type { Recount } from "../recount-rows";
import type { Receipt } from "../types";
import { checkResult } from "../verify-engine";
import { checkMarks } from "../verify-register";
import { hashReceipt } from "./receipt";
import { compareBlocks, compareNumbers } from "./verify-rows";
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
  const numbers = compareNumbers(receipt.recount, recount);
  const rows = [
    ...compareBlocks("assignment", receipt.digest.assignments, digest.assignments),
    ...compareBlocks("conversion", ...conversionsOf(receipt.digest, digest)),
    ...(receipt.digest.epochs === digest.epochs ? [] : ["The weights or times of an epoch were changed."]),
  ];
  const links = digest.links.rows - receipt.digest.links.rows;
  const isEdited = hashReceipt(content) !== hash;
  const isSameEngine = receipt.versions.engine === ENGINE_VERSION;
  const unfounded = [...(isSameEngine ? checkResult(receipt) : []), ...checkMarks(receipt)];
  return {
    slug: receipt.slug,
    concludedAt: receipt.concludedAt,
    matches: [numbers, rows, unfounded].every(({ length }) => length === 0) && !isEdited,
    basis: describeBasis(receipt),
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
      ...(receipt.result.unmeasured ?? []).map(
        ({ key, role, fault }) =>
          `${role === "guardrail" ? "The guardrail " : ""}${key} could not be measured: ${written(fault)}.`,
      ),
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

/** Where old hashes hold keys that were erased since, only the numbers of rows can be held to them. */
function conversionsOf(
  before: DigestRow,
  now: DigestRow,
): [DigestRow["conversions"], DigestRow["conversions"]] {
  if ((before.form ?? 1) === 2 || now.erased === 0) return [before.conversions, now.conversions];
  const counted = ({ conversions }: DigestRow) =>
    conversions.map((block) => ({ ...block, hash: String(block.rows) }));
  return [counted(before), counted(now)];
}

/** Of older receipts, what they hold. */
function describeBasis({ result, plan, concludedAt }: Receipt): string[] {
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
            ? `Compared: all ${plural(population.subjects, unit, `${unit}s`)} exposed by the end${open}.`
            : `Compared: ${plural(population.subjects, unit, `${unit}s`)} who came until the planned end.`,
        ]),
  ];
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
