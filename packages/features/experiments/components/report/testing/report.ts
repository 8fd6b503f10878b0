import { type ReportFacts, trimResult } from "../../../results/report";
import type { ResultsView, StoredResult } from "../../../results/types";
import { DEFAULT_ANALYSIS } from "../../../types/analysis";
import { aMeasuredResult } from "../../analytics/testing/results";

/** A report of an experiment that one variant has won. */
export function aReport(changes: Partial<ReportFacts> = {}): ReportFacts {
  return {
    slug: "upgrade-button-test",
    name: "Upgrade button",
    status: "concluded",
    description: "",
    hypothesis: "Urgency sells.",
    learning: "It does.",
    unit: "user",
    variants: [
      { name: "urgent", percentage: 50 },
      { name: "control", percentage: 50 },
    ],
    control: "control",
    trafficPercentage: 80,
    conversionWindowDays: 14,
    withoutMetric: null,
    analysis: { ...DEFAULT_ANALYSIS, plannedSubjects: 4_000 },
    plannedBy: "typed",
    startedAt: "2026-11-03T09:00:00.000Z",
    endedAt: "2026-11-20T09:00:00.000Z",
    winnerVariant: "urgent",
    conclusionReason: "won",
    takenBack: null,
    isConverted: false,
    isTurnedOff: false,
    audience: { kind: "named", rules: {}, teams: {} },
    metrics: [{ key: "upgrade", name: "Upgrade", role: "primary" }],
    view: aView(aMeasuredResult()),
    people: { owner: "Ada", startedBy: "Bea", concludedBy: "Cleo", takenBackBy: null },
    lastAsk: null,
    ...changes,
  };
}

export function aView(result: StoredResult | null, changes: Partial<ResultsView> = {}): ReportFacts["view"] {
  return {
    figures: "all",
    isAllWithheld: false,
    result: result && trimResult(result),
    receipt: null,
    ...changes,
  };
}
