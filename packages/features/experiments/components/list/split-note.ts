import type { Translate } from "@calcom/lib/i18n";
import type { ExperimentSummary } from "../../types/admin";
import { controlFirst } from "../shared/variant-order";

/** So many shares can still be read in a row. */
const MOST_SHARES = 4;
/** A share has at most one decimal, so that as even as possible can mean 33.3%, 33.3% and 33.4%. */
const EVEN = 0.11;

/** "90% / 10%", control first. Null for two halves, which nearly all experiments have. */
export function splitNote(
  { variants, control }: Pick<ExperimentSummary, "variants" | "control">,
  { t, percentage }: { t: Translate; percentage: (value: number) => string },
): string | null {
  if (variants.length === 0) return t("experiment_no_variants");
  const shares = controlFirst(variants, control).map((variant) => variant.percentage);
  const isEven = Math.max(...shares) - Math.min(...shares) < EVEN;
  if (isEven && shares.length === 2) return null;
  const number = t("experiment_variant_count", { count: shares.length });
  if (isEven) return number;
  if (shares.length > MOST_SHARES) return t("experiment_split_uneven", { variants: number });
  return shares.map(percentage).join(" / ");
}
