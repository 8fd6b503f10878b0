"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useId } from "react";
import type { StoredResult } from "../../../results/types";
import { sentenceOf } from "../../activity/sentence";
import { settingName } from "../../activity/setting-name";
import { settingValue } from "../../activity/setting-value";
import { wordsFor } from "../words";
import type { Mark, MarkedChange } from "./marks";
import { useFigures } from "./useFigures";

interface ChangeListProps {
  result: StoredResult;
  marks: readonly Mark[];
  /** Older changes are in the activity alone. */
  isCut: boolean;
}

/** What the numbers in the charts stand for, in words: the same for readers as for the eye. */
export function ChangeList({ result, marks, isCut }: ChangeListProps) {
  const { t } = useLocale();
  const titleId = useId();
  if (marks.length === 0) return null;
  return (
    <section aria-labelledby={titleId} className="grid min-w-0 gap-2">
      <h3 id={titleId} className="font-semibold text-base">
        {t("chart_changes")}
      </h3>
      <ul className="grid gap-2 text-dense">
        {marks.map(({ number, changes }) => (
          <li key={number} className="grid grid-cols-[1.5rem_1fr] gap-x-1">
            <span className="font-medium tabular-nums">{number}</span>
            <ul className="grid min-w-0 gap-1">
              {changes.map((change) => (
                <Change key={change.entry.id} {...{ change, result }} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {isCut && <p className="text-muted-foreground text-xs">{t("chart_changes_cut")}</p>}
    </section>
  );
}

function Change({ change, result }: { change: MarkedChange; result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const { nameOf } = wordsFor(result, t, figures);
  const words = { t, format: figures, metricName: nameOf };
  const { entry } = change;
  // A move from status to status is the sentence itself.
  const differences = change.differences.filter(({ path }) => path !== "status");
  return (
    <li className="wrap-anywhere min-w-0">
      <span className="text-muted-foreground">{figures.moment(entry.at)}</span> {sentenceOf(entry, t)}
      {differences.length > 0 && (
        <ul className="text-muted-foreground text-xs">
          {differences.map(({ path, before, after }) => (
            <li key={path}>
              {t("chart_change_line", {
                setting: settingName(path, t),
                before: before === undefined ? t("experiment_nothing") : settingValue(path, before, words),
                after: after === undefined ? t("experiment_nothing") : settingValue(path, after, words),
              })}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
