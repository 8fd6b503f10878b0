import type { ReportFacts } from "../../results/report";
import { planText, reachedText, receiptPopulationText } from "../analytics/end-words";
import { asKey } from "../shared/keys";
import { verifyCommand } from "../shared/terminal";
import { type ReportSection, rowOf } from "./document";
import type { ReportWords } from "./words";

/** What the conclusion rested on, with what it takes to check it. */
export function buildReceipt(
  { slug, view, unit }: ReportFacts,
  { t, figures }: ReportWords,
): ReportSection | null {
  const { receipt } = view;
  if (receipt === null) return null;
  const words = { t, figures, unit };
  const { plan, endedShort } = receipt;
  return {
    title: t("results_receipt"),
    blocks: [
      {
        kind: "text",
        text: t("results_receipt_text", { moment: figures.moment(new Date(receipt.concludedAt)) }),
      },
      {
        kind: "rows",
        rows: [
          ...rowOf(
            t("results_receipt_plan"),
            plan && planText(plan, words),
            endedShort && t("results_ended_short", { reached: reachedText(endedShort, words) }),
          ),
          ...rowOf(t("results_receipt_population"), receiptPopulationText(receipt, words)),
          ...rowOf(t("results_receipt_hash"), asKey(receipt.hash)),
          ...rowOf(t("results_receipt_verify"), asKey(verifyCommand(slug))),
        ],
      },
    ],
  };
}
