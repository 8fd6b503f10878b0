"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { StoredResult } from "../../results/types";
import { useFigures } from "./charts/useFigures";
import { factName } from "./segment-words";
import { subjects as countSubjects } from "./words";

/** Values of facts that have no row of their own, and how many participants have them. */
export function SmallSegmentsNote({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  return (result.smallSegments ?? []).map(({ fact, values, subjects }) => (
    <p key={fact} className="wrap-anywhere text-muted-foreground text-xs">
      {t("results_split_small_segments", {
        fact: factName(fact, t),
        count: values,
        subjects: countSubjects(subjects, { t, figures, unit: result.unit }),
      })}
    </p>
  ));
}
