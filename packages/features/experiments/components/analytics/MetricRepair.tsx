"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Sentence } from "@calcom/lib/sentence";
import Link from "next/link";
import { createContext, useContext } from "react";
import { NOT_DEFINED } from "../../metrics/faults";
import { Keyed } from "../shared/Keyed";
import { keyed } from "../shared/keys";
import type { ExperimentPaths } from "../shared/paths";
import { repairText } from "./repair-words";

const MetricPaths = createContext<Pick<ExperimentPaths, "metric" | "metrics"> | null>(null);

/** Where metrics have their pages; without it, nothing leads there. */
export const MetricPathsProvider = MetricPaths;

interface MetricRepairProps {
  metric: string;
  /** Why it cannot be measured; null where it can be, and has too little to be compared. */
  fault: Sentence | null;
  /** Whether the text beside it says what to do: then only the way is left. */
  isSaid?: boolean;
}

/** What gives a metric figures again, and the way to it. */
export function MetricRepair({ metric, fault, isSaid = false }: MetricRepairProps) {
  const { t } = useLocale();
  const paths = useContext(MetricPaths);
  const isNowhere = fault?.text === NOT_DEFINED.text;
  // An event is declared in the setup, and has no page.
  const isEvent = metric.startsWith("event:");
  return (
    <>
      {!isSaid && (
        <>
          <Keyed>{repairText(metric, fault, keyed(t))}</Keyed>{" "}
        </>
      )}
      {paths !== null && !isEvent && (
        <Link
          href={isNowhere ? paths.metrics : paths.metric(metric)}
          className="rounded-sm underline underline-offset-2 pointer-coarse:py-3 print:hidden"
        >
          {t(isNowhere ? "results_open_metrics" : "results_open_metric")}
        </Link>
      )}
    </>
  );
}
