"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { SegmentResult } from "@calcom/statistics";
import { segmentName } from "../segment-words";
import { useFigures } from "./useFigures";

/** Whether the effect differs between segments, in words; of two values of a fact there is one comparison. */
export function SegmentFindings({ tests }: { tests: readonly SegmentResult[] }) {
  const { t } = useLocale();
  const { lift, pEquals } = useFigures();
  const tested = tests.filter(({ p }) => p !== null);
  const different = tests.filter(({ isDifferent }) => isDifferent);
  const [made, missing] = [countQuestions(tested), countQuestions(tests) - countQuestions(tested)];
  return (
    <div className="grid max-w-prose gap-1 text-pretty text-dense text-muted-foreground">
      {different.length > 0 && (
        <ul className="grid gap-1 text-foreground">
          {different.map((one) => (
            <li key={JSON.stringify([one.fact, one.value, one.variant])} className="wrap-anywhere">
              {t("chart_segments_differ", {
                variant: one.variant,
                segment: segmentName(one, t),
                lift: lift(one.lift?.value ?? null),
                p: pEquals(one.pAdjusted ?? 1),
              })}
            </li>
          ))}
        </ul>
      )}
      <p>
        {different.length > 0
          ? t("chart_segments_differ_remark")
          : made > 0
            ? t("chart_segments_alike", { count: made })
            : t("chart_segments_untested")}{" "}
        {made > 0 && missing > 0 && t("chart_segments_some_untested", { count: missing })}
      </p>
    </div>
  );
}

function countQuestions(tests: readonly SegmentResult[]): number {
  const groups = new Map<string, number>();
  for (const { fact, variant } of tests) {
    const key = JSON.stringify([fact, variant]);
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  return [...groups.values()].reduce((sum, values) => sum + (values === 2 ? 1 : values), 0);
}
