import type { Translate } from "@calcom/lib/i18n";
import type { LastAsk } from "../../types/admin";
import type { Unit } from "../../types/settings";
import type { Format } from "./format";
import { shortBuild } from "./short-build";
import { STALE } from "./terminal";

export interface CodeToGo {
  slug: string;
  unit: Unit;
  /** The variant whose code stays. */
  kept: string;
  /** When code has last asked for it; null where none has, undefined where that is not told. */
  lastAsk?: LastAsk | null;
}

/** Which code an experiment that is over leaves behind, in sentences: what goes, how it is found, who still asks. */
export function codeToGo(
  { slug, unit, kept, lastAsk }: CodeToGo,
  { t, moment }: { t: Translate; moment: Format["moment"] },
): string[] {
  const hook = unit === "visitor" ? "useVisitorExperiment" : "useExperiment";
  return [
    t("experiment_concluded_code", { variant: kept }),
    t(STALE === "" ? "experiment_code_look_for_calls" : "experiment_code_look_for", {
      call: `${hook}("${slug}")`,
      command: STALE,
    }),
    ...(lastAsk
      ? [t("experiment_last_asked", { moment: moment(lastAsk.at), build: shortBuild(lastAsk.build) })]
      : []),
  ];
}
