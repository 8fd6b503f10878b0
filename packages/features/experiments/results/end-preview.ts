import { readOwnJson } from "@calcom/lib/json";
import { openReasons } from "../types/open-reasons";
import { hidePeople } from "./hide-people";
import type { EndPreview, ReadEffect, StoredResult } from "./types";
import { withholdResult } from "./withhold";
import type { Withholding } from "./withholding";

/** What may be told of an end that has not come, beside the result of now. */
export function buildEndPreview(
  ended: StoredResult,
  now: StoredResult | null,
  withholding: Withholding | null,
  { hasPrimary }: { hasPrimary: boolean },
): EndPreview {
  const { slug, asOf, population = { subjects: 0, open: 0 }, analysis } = ended;
  const isAllWithheld = withholding?.isAll ?? false;
  const verdict = now?.analysis?.verdict.code ?? null;
  const reasons = openReasons({ isAllWithheld, verdict, hasPrimary });
  const told = { slug, asOf, population, endedShort: analysis?.endedShort ?? null, reasons };
  if (isAllWithheld) return { ...told, result: null, changes: [] };
  const before = readEffects(now);
  const after = readEffects(ended);
  const result = hidePeople(withholding === null ? ended : withholdResult(ended, withholding));
  return {
    ...told,
    // What only charts are drawn from stays here.
    result: {
      ...result,
      series: { exposures: [], effects: [] },
      novelty: [],
      segments: [],
      segmentTests: [],
    },
    changes: [...new Set([...before.keys(), ...after.keys()])].map((key) => {
      const [metric = "", variant = ""] = readOwnJson(key) as string[];
      return { metric, variant, before: before.get(key) ?? null, after: after.get(key) ?? null };
    }),
  };
}

/** The comparisons of the primary metric, by metric and variant. */
export function readEffects(result: StoredResult | null): Map<string, ReadEffect> {
  const primaries = (result?.analysis?.metrics ?? []).filter(({ metric }) => metric.role === "primary");
  return new Map(
    primaries.flatMap(({ metric, arms, comparisons }) => {
      const subjects = arms.reduce((sum, { units }) => sum + units, 0);
      return comparisons.flatMap((one) =>
        one.status === "withheld"
          ? []
          : [
              [
                JSON.stringify([metric.id, one.variant]),
                { subjects, lift: one.lift.value, interval: one.lift.interval },
              ] as const,
            ],
      );
    }),
  );
}
