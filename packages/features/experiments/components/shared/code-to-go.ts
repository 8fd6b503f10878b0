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
  /** It is not over yet. */
  isAhead?: boolean;
}

/** Which code an experiment leaves behind, once it is over. */
export interface CodeWords {
  what: string;
  /** Which calls to look for. */
  calls: string;
  /** What lists them, to be run as it stands; null where no command reads the code. */
  command: string | null;
  lastAsked: string | null;
}

export function codeToGo(
  { slug, unit, kept, lastAsk, isAhead = false }: CodeToGo,
  { t, moment }: { t: Translate; moment: Format["moment"] },
): CodeWords {
  const hook = unit === "visitor" ? "useVisitorExperiment" : "useExperiment";
  const calls = t("experiment_code_look_for_calls", { call: `${hook}("${slug}")` });
  return {
    what: t(isAhead ? "experiment_conclude_code" : "experiment_concluded_code", { variant: kept }),
    calls: STALE === "" ? calls : `${calls} ${t("experiment_code_command")}`,
    command: STALE === "" ? null : STALE,
    lastAsked: lastAsk
      ? t("experiment_last_asked", { moment: moment(lastAsk.at), build: shortBuild(lastAsk.build) })
      : null,
  };
}
