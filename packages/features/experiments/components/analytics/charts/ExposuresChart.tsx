"use client";

import { useLocale } from "@calcom/lib/i18n";
import { lazy } from "react";
import type { StoredResult } from "../../../results/types";
import { unitCountKeys } from "../../shared/words";
import { ChartFigure } from "./ChartFigure";
import { orderedVariants } from "./ordered-variants";
import { exposurePoints } from "./series";
import { type Figures, useFigures } from "./useFigures";

const ExposuresPlot = lazy(() => import("./plots/ExposuresPlot"));

/** How many have seen each variant up to each day, and whether they are split as planned. */
export function ExposuresChart({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const variants = orderedVariants(result);
  const points = exposurePoints(result);
  const all = Object.values(result.exposed).reduce((total, n) => total + n, 0);
  const subjects = t(unitCountKeys[result.unit], { count: all, formatted: figures.count(all) });
  const split = splitSentence(result, t, figures);
  const summary = [t("chart_exposures_summary", { subjects }), split].filter(Boolean).join(" ");
  const title = t("chart_exposures");
  return (
    <ChartFigure
      title={title}
      summary={summary}
      legend={variants}
      empty={points.length > 0 ? null : t("chart_exposures_none")}
      table={{
        caption: t("chart_exposures_caption"),
        columns: [t("chart_until"), ...variants.map(({ name }) => name)],
        rows: points
          .slice(1)
          .map(({ at, exposed }) => [
            figures.moment(new Date(at)),
            ...variants.map(({ name }) => figures.count(exposed[name] ?? 0)),
          ]),
      }}
    >
      <ExposuresPlot points={points} variants={variants} label={`${title}. ${summary}`} />
    </ChartFigure>
  );
}

/** In words and shares, in the order of the variants; the mark is for the eye, the words say it. */
function splitSentence(
  result: StoredResult,
  t: ReturnType<typeof useLocale>["t"],
  figures: Figures,
): string | null {
  const split = result.analysis?.split;
  if (split === undefined || split.status === "no_data") return null;
  const order = orderedVariants(result).map(({ name }) => name);
  const rows = order.flatMap((name) => split.variants.find(({ variant }) => variant === name) ?? []);
  const shares = (of: "observed" | "expected") => {
    const total = rows.reduce((sum, row) => sum + row[of], 0);
    return rows.map((row) => figures.percentage(total === 0 ? 0 : (100 * row[of]) / total)).join(" / ");
  };
  return t(split.status === "off" ? "chart_split_off" : "chart_split_fine", {
    expected: shares("expected"),
    observed: shares("observed"),
    p: figures.pEquals(split.p),
  });
}
