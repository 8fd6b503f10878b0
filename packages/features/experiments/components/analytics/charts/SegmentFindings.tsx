"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { SegmentResult } from "@calcom/statistics";
import { Keyed } from "../../shared/Keyed";
import { keyed } from "../../shared/keys";
import { factName, segmentName } from "../segment-words";
import { countQuestions, factsWith } from "./segment-questions";
import { useFigures } from "./useFigures";

interface SegmentFindingsProps {
  tests: readonly SegmentResult[];
  /** Whether the split of a segment is off: what differs there may be the participants. */
  isOff: (segment: SegmentResult) => boolean;
}

/** Whether the effect differs between segments, in words, and how the rows of the table make the comparisons. */
export function SegmentFindings({ tests, isOff }: SegmentFindingsProps) {
  const { t } = useLocale();
  const { lift, pEquals } = useFigures();
  const found = tests.filter(({ isDifferent }) => isDifferent);
  const different = found.filter((one) => !isOff(one));
  const { made, missing } = countQuestions(tests);
  return (
    <div className="grid max-w-prose gap-1 text-pretty text-dense text-muted-foreground">
      {different.length > 0 && (
        <ul className="grid gap-1 text-foreground">
          {different.map((one) => (
            <li key={JSON.stringify([one.fact, one.value, one.variant])} className="wrap-anywhere">
              <Keyed>
                {keyed(t)("chart_segments_differ", {
                  variant: one.variant,
                  segment: segmentName(one, t),
                  lift: lift(one.lift?.value ?? null),
                  p: pEquals(one.pAdjusted ?? 1),
                })}
              </Keyed>
            </li>
          ))}
        </ul>
      )}
      {made + missing > 0 && (
        <p>
          {different.length > 0
            ? t("chart_segments_differ_remark")
            : found.length > 0
              ? t("chart_segments_differ_off")
              : made > 0
                ? t("chart_segments_alike", { count: made })
                : t("chart_segments_untested")}{" "}
          {made > 0 && missing > 0 && t("chart_segments_some_untested", { count: missing })}
        </p>
      )}
      <CountedAs tests={tests} hasCount={made > 0} />
    </div>
  );
}

/** Why there are not as many comparisons as rows. */
function CountedAs({ tests, hasCount }: { tests: readonly SegmentResult[]; hasCount: boolean }) {
  const { t } = useLocale();
  const { all } = useFigures();
  const variants = new Set(tests.map(({ variant }) => variant)).size;
  const say = (key: string, values: number) => {
    const facts = factsWith(values, tests);
    if (facts.length === 0) return "";
    return t(key, { count: facts.length, facts: all(facts.map((fact) => factName(fact, t))) });
  };
  const said = [
    hasCount ? say("chart_segments_pairs", 2) : "",
    hasCount && variants > 1 ? t("chart_segments_per_variant", { count: variants }) : "",
    say("chart_segments_single", 1),
  ].filter((sentence) => sentence !== "");
  return said.length === 0 ? null : <p className="wrap-anywhere">{said.join(" ")}</p>;
}
