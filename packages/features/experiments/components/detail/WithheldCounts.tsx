"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Unit } from "../../types/settings";
import type { WithheldUntil } from "../../types/stats";
import { useFigures } from "../analytics/charts/useFigures";
import { toGo } from "../analytics/words";
import { useMay } from "../ExperimentPermissions";
import { Keyed } from "../shared/Keyed";
import { asKey } from "../shared/keys";

interface WithheldCountsProps {
  until: WithheldUntil | null;
  unit: Unit;
}

/** What the counts do not tell by variant, until when, and how to see it all the same. */
export function WithheldCounts({ until, unit }: WithheldCountsProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const mayDecide = useMay("decide");
  if (until === null) return null;
  const facts =
    until.code === "metrics"
      ? { events: until.events.map(asKey).join(", ") }
      : until.code === "planned_end" || until.code === "enough_data"
        ? { toGo: toGo(until.unitsToGo, until.daysToGo, { t, figures, unit }) }
        : {};
  return (
    <p className="text-pretty text-foreground">
      <Keyed>{t(`experiment_counts_withheld_${until.code}`, facts)}</Keyed>{" "}
      {until.code !== "first_result" &&
        t(mayDecide ? "experiment_counts_withheld_look" : "experiment_counts_withheld_ask")}
    </p>
  );
}
