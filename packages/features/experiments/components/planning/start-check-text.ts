import type { Translate } from "@calcom/lib/i18n";
import { asRefusal, say } from "@calcom/lib/sentence";
import type { Unit } from "../../types/settings";
import type { StartCheck } from "../../utils/checklist";
import type { Format } from "../shared/format";
import { shortBuild } from "../shared/short-build";
import { foretoldText, plannedText, planText } from "./words";

/** A point of the review in words. */
export function startCheckText(check: StartCheck, unit: Unit, t: Translate, format: Format): string {
  switch (check.id) {
    case "metric":
      if (check.name !== null) return t("start_check_metric", { name: check.name });
      return check.withoutMetric === null
        ? t("start_check_no_metric")
        : t("start_check_without_metric", { reason: check.withoutMetric });
    case "unknown_metrics":
      return t("start_check_unknown_metrics", { keys: check.keys.join(", ") });
    case "failing_metric":
      return t("start_check_failing_metric", { metric: check.name, fault: say(t, asRefusal(check.fault)) });
    case "split":
      return t("start_check_split", { count: check.variants });
    case "audience":
      if (check.matching === null) return t("start_check_visitors");
      if (check.matching === 0) return t("start_check_nobody");
      return t(check.outOfReach === undefined ? "audience_match" : "start_check_too_few", {
        matching: format.count(check.matching),
        total: plannedText(check.total ?? 0, unit, t, format),
        target: format.count(check.outOfReach ?? 0),
      });
    case "traffic":
      return t("start_check_traffic", { share: format.percentage(check.percentage) });
    case "refusal":
      return say(t, check.refusal);
    case "previews":
      return check.unseen.length === 0
        ? t("start_check_previews_seen")
        : t("start_check_previews_unseen", { variants: format.all(check.unseen) });
    case "overlap": {
      const shared = check.others.filter(({ hasSameMetric }) => hasSameMetric);
      return shared.length > 0
        ? t("start_check_overlap_metric", { names: nameSome(shared, format) })
        : t("start_check_overlap", { count: check.others.length, names: nameSome(check.others, format) });
    }
    case "consent":
      return t("start_check_consent");
    case "length":
      return foretoldText(check.foretold, unit, t, format);
    case "plan":
      return planText(check.plan, unit, t, format);
    case "code":
      return check.lastAsk === null
        ? t("start_check_no_code")
        : t("start_check_code", {
            moment: format.moment(check.lastAsk.at),
            build: shortBuild(check.lastAsk.build),
          });
    case "stop":
      return t("start_check_stop", { moment: format.moment(new Date(check.at)) });
  }
}

const MOST_NAMES = 3;

/** A team may run dozens: the first few say which. */
function nameSome(others: readonly { name: string }[], { all }: Format): string {
  const names = others.slice(0, MOST_NAMES).map(({ name }) => name);
  return all(others.length > MOST_NAMES ? [...names, "…"] : names);
}
