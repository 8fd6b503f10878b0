import { isPlanReached } from "../../results/health";
import type { ReportFacts } from "../../results/report";
import { WATCHED_STATUSES } from "../../types/health";
import { statusText } from "../ExperimentStatus";
import { asKey, keyed } from "../shared/keys";
import { buildDecision, isInterim, wasEnded } from "./build-decision";
import { buildReceipt } from "./build-receipt";
import { asOfReport, buildResult } from "./build-result";
import { buildSetup } from "./build-setup";
import type { ReportDocument, ReportSection } from "./document";
import type { ReportWords } from "./words";

/**
 * Says what is known of an experiment, in the reader's language: first what came of it, then what that rests on. The
 * same facts always make the same report. Keys within its texts are marked.
 */
export function buildReport(facts: ReportFacts, plain: ReportWords): ReportDocument {
  const words = { ...plain, t: keyed(plain.t) };
  const { t, figures } = words;
  const { name, slug, status, hypothesis, view } = facts;
  const asOf = asOfReport(view.result);
  const decision = buildDecision(facts, words);
  const isOver = wasEnded(facts);
  const sections: (ReportSection | null)[] = [
    {
      title: t("experiment_hypothesis"),
      blocks: [{ kind: "text", text: hypothesis === "" ? t("experiment_nothing") : hypothesis }],
    },
    isOver ? decision : null,
    status === "draft" ? null : buildResult(facts, words),
    buildSetup(facts, words),
    isOver ? null : decision,
    buildReceipt(facts, words),
  ];
  return {
    title: name,
    mark: isInterim(facts) ? t("report_interim") : null,
    facts: [
      statusText({ ...facts, isOverdue: isOverdue(facts) }, t),
      asKey(slug),
      ...(asOf === null ? [] : [t("results_as_of_moment", { moment: figures.moment(asOf) })]),
    ],
    sections: sections.filter((section) => section !== null),
  };
}

/** As the list says it, whose word the background has found by the same results. */
function isOverdue({ status, view: { result } }: ReportFacts): boolean {
  return result !== null && WATCHED_STATUSES.some((watched) => watched === status) && isPlanReached(result);
}
