"use client";

import { useLocale } from "@calcom/lib/i18n";
import { lazy } from "react";
import type { StoredResult } from "../../../results/types";
import type { Epoch } from "../../../types/admin";
import { unitCountKeys } from "../../shared/words";
import { splitText } from "../split-words";
import { ChartFigure } from "./ChartFigure";
import { changeSigns } from "./Legend";
import { type Mark, unmarkedStarts } from "./marks";
import { orderedVariants } from "./ordered-variants";
import { exposurePoints, timeSpan } from "./series";
import { useFigures } from "./useFigures";

const ExposuresPlot = lazy(() => import("./plots/ExposuresPlot"));

interface ExposuresChartProps {
  result: StoredResult;
  epochs?: readonly Epoch[];
  marks?: readonly Mark[];
}

/** How many have seen each variant up to each day, and whether they are split as planned. */
export function ExposuresChart({ result, epochs = [], marks = [] }: ExposuresChartProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const variants = orderedVariants(result);
  const points = exposurePoints(result);
  const all = Object.values(result.exposed).reduce((total, n) => total + n, 0);
  const subjects = t(unitCountKeys[result.unit], { count: all, formatted: figures.count(all) });
  const split = splitText(result, SPLIT, { t, figures });
  const summary = [t("chart_exposures_summary", { subjects, count: all }), split].filter(Boolean).join(" ");
  const span = timeSpan(result);
  const starts = unmarkedStarts(epochs, marks, span);
  const title = t("chart_exposures");
  return (
    <ChartFigure
      title={title}
      summary={summary}
      legend={variants}
      signs={changeSigns(marks, starts, t)}
      empty={points.length > 0 ? null : t("chart_exposures_none_as_of")}
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
      <ExposuresPlot
        points={points}
        variants={variants}
        span={span}
        marks={marks}
        epochStarts={starts}
        label={`${title}. ${summary}`}
      />
    </ChartFigure>
  );
}

const SPLIT = {
  fine: "chart_split_fine",
  furthest: "chart_split_fine_furthest",
  off: "experiment_split_is_off",
};
