import { written } from "@calcom/lib/sentence";
import { describeReason } from "@calcom/statistics";
import { listUncompared } from "@calcom/statistics/guardrails";
import type { DigestRow } from "../digest-row";
import type { Recount } from "../recount-rows";
import type { Receipt } from "../types";
import { checkResult } from "../verify-engine";
import { checkMarks } from "../verify-register";
import { plural } from "./plural";
import { hashReceipt } from "./receipt";
import { describeBasis } from "./verify-basis";
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
      ...listUncompared(receipt.result.analysis?.metrics ?? []).map(
        ({ metric, variant, reason }) =>
          `The guardrail ${metric} was not compared for ${variant}: ${describeReason(reason)}`,
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
