"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useWatch } from "react-hook-form";
import type { Status } from "../../types/settings";
import { isTargetOutOfReach } from "../../utils/target-reach";
import { useFormForecast } from "../planning/useForecast";
import { isPlanned, plannedText } from "../planning/words";
import { useFormat } from "../shared/useFormat";
import type { FormValues } from "./form-values";
import { toNumber } from "./shares";

/**
 * Says of a draft that its target is larger than the audience, as the start would. Null if it is not, and while there
 * is no plan.
 */
export function useOutOfReach(status: Status): string | null {
  const { t } = useLocale();
  const format = useFormat();
  const [unit, traffic] = useWatch<FormValues, ["unit", "trafficPercentage"]>({
    name: ["unit", "trafficPercentage"],
  });
  const { forecast } = useFormForecast();
  if (status !== "draft" || forecast.status !== "done") return null;
  const { matching } = forecast.value;
  if (!isPlanned(forecast.value)) return null;
  if (matching === null || !isTargetOutOfReach(toNumber(traffic), forecast.value)) return null;
  return t("analysis_planned_subjects_out_of_reach", {
    matching: format.count(matching.matching),
    total: plannedText(matching.total, unit, t, format),
  });
}
