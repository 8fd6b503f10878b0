import type { ReportFacts } from "../../results/report";
import { contradictionText } from "../analytics/contradiction";
import { wordsFor } from "../analytics/words";
import { codeToGo } from "../shared/code-to-go";
import { asKey } from "../shared/keys";
import { conclusionReasonKeys } from "../shared/words";
import { type ReportSection, rowOf } from "./document";
import type { ReportWords } from "./words";

/** When it ran, and, once that is decided, what and why, and what the team takes from it. Null for a draft. */
export function buildDecision(facts: ReportFacts, words: ReportWords): ReportSection | null {
  const { t } = words;
  const { startedAt, endedAt, conclusionReason, takenBack, learning, people, view } = facts;
  if (startedAt === null && endedAt === null) return null;
  const isOver = wasEnded(facts);
  return {
    title: t(isOver ? "report_decision" : "report_timeline"),
    blocks: [
      {
        kind: "rows",
        rows: [
          ...rowOf(t("activity_started"), dated(startedAt, people?.startedBy, words)),
          ...rowOf(t("activity_ended"), dated(endedAt, people?.concludedBy, words)),
          ...rowOf(t("report_served"), isOver && servedText(facts, words)),
          ...rowOf(
            t("activity_taken_back"),
            takenBack && asKey(takenBack.variant),
            dated(takenBack?.at ?? null, people?.takenBackBy, words),
            takenBack && t("report_taken_back_stays"),
          ),
          ...rowOf(
            t("experiment_conclusion_reason"),
            conclusionReason && t(conclusionReasonKeys[conclusionReason]),
            view.result &&
              contradictionText(conclusionReason, view.result, wordsFor(view.result, t, words.figures)),
          ),
          ...rowOf(t("experiment_learning"), learning),
          // People without an account have none of the code.
          ...rowOf(t("report_code"), ...(isOver && people !== null ? codeText(facts, words) : [])),
        ],
      },
    ],
  };
}

/** It has begun, and its figures go on. */
export function isInterim(facts: Pick<ReportFacts, "status">): boolean {
  return facts.status !== "draft" && !wasEnded(facts);
}

export function wasEnded({ status }: Pick<ReportFacts, "status">): boolean {
  return status === "concluded" || status === "archived";
}

function dated(at: string | null, by: string | null | undefined, { t, figures }: ReportWords): string | null {
  if (at === null) return null;
  const moment = figures.moment(new Date(at));
  return by == null ? moment : t("report_moment_by", { moment, name: by });
}

function servedText({ winnerVariant, isConverted, isTurnedOff }: ReportFacts, { t }: ReportWords): string {
  if (isTurnedOff) return t("report_served_turned_off");
  if (winnerVariant !== null) return asKey(winnerVariant);
  return t(isConverted ? "report_served_by_flag" : "report_served_original");
}

/** Where a flag answers again, or can be turned on again, its code stays. */
function codeText(facts: ReportFacts, { t, figures }: ReportWords): string[] {
  const { slug, unit, winnerVariant, control, isConverted, isTurnedOff, lastAsk } = facts;
  if (isTurnedOff || (winnerVariant === null && isConverted)) return [];
  const kept = winnerVariant ?? control;
  const { what, calls, command, lastAsked } = codeToGo(
    { slug, unit, kept, lastAsk },
    { t, moment: figures.moment },
  );
  // The command has a line of its own, to be copied as it stands.
  return [
    `${what} ${calls}`,
    ...(command === null ? [] : [asKey(command)]),
    ...(lastAsked === null ? [] : [lastAsked]),
  ];
}
