"use client";

import { useLocale } from "@calcom/lib/i18n";
import { readOwnJson } from "@calcom/lib/json";
import { Alert } from "@calcom/ui";
import { wasMadeAtEnd } from "../../results/design";
import { readEffects } from "../../results/end-preview";
import type { EndPreview, StoredResult } from "../../results/types";
import { Keyed } from "../shared/Keyed";
import { keyed } from "../shared/keys";
import { useFigures } from "./charts/useFigures";
import { subjects, wordsFor } from "./words";

/** Where data came between what was seen before concluding and the end itself: both, so that no figure changes unsaid. */
export function EndNotice({ seen, result }: { seen: EndPreview | null; result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  if (seen === null || seen.slug !== result.slug || !wasMadeAtEnd(result)) return null;
  const words = wordsFor(result, keyed(t), figures);
  const before = readEffects(seen.result);
  const changes = [...readEffects(result)].flatMap(([key, after]) => {
    const was = before.get(key);
    if (was === undefined || (was.subjects === after.subjects && was.lift === after.lift)) return [];
    const [metric = "", variant = ""] = readOwnJson(key) as string[];
    return [
      words.t("results_end_changed_line", {
        variant,
        metric: words.nameOf(metric),
        before: figures.lift(was.lift),
        beforeSubjects: subjects(was.subjects, words),
        after: figures.lift(after.lift),
        afterSubjects: subjects(after.subjects, words),
      }),
    ];
  });
  if (changes.length === 0) return null;
  return (
    <Alert
      title={t("results_end_changed", { moment: figures.moment(new Date(seen.asOf)) })}
      description={
        <span className="wrap-anywhere tabular-nums">
          <Keyed>{changes.join(" ")}</Keyed>
        </span>
      }
    />
  );
}
