"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import Link from "next/link";
import { useRef, useState } from "react";
import type { MetricUse, MetricVersion, OfferedSource } from "../../types/metric-views";
import { ExperimentStatus } from "../ExperimentStatus";
import { useFormat } from "../shared/useFormat";
import { termsOf } from "./metric-form-model";
import { termText } from "./metric-words";

const AT_FIRST = 10;

/** The experiments that name a metric, the latest change first, each with the version that it goes by. */
export function UsesOfMetric({
  uses,
  detail,
}: {
  uses: readonly MetricUse[];
  detail: (slug: string) => string;
}) {
  const { t } = useLocale();
  const { count } = useFormat();
  const [showsAll, setShowsAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  if (uses.length === 0) return <p className="text-dense text-muted-foreground">{t("metric_unused")}</p>;
  return (
    <div className="grid gap-3">
      <ul ref={list} className="border-t">
        {uses
          .slice(0, showsAll ? undefined : AT_FIRST)
          .map(({ slug, name, status, isTurnedOff, version }) => (
            <li key={slug} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2 text-dense">
              <Link
                href={detail(slug)}
                className="wrap-anywhere min-w-0 flex-1 basis-48 font-medium hover:underline max-sm:basis-full"
              >
                {name}
              </Link>
              <ExperimentStatus {...{ status, isTurnedOff }} />
              {version !== null && (
                <span className="text-muted-foreground tabular-nums first-letter:uppercase">
                  {t("metric_version", { version })}
                </span>
              )}
            </li>
          ))}
      </ul>
      {!showsAll && uses.length > AT_FIRST && (
        <Button
          variant="outline"
          size="sm"
          className="w-fit"
          onClick={() => {
            setShowsAll(true);
            // The button is gone: the first of those that it showed goes on.
            requestAnimationFrame(() => list.current?.children[AT_FIRST]?.querySelector("a")?.focus());
          }}
        >
          {t("metric_uses_show_all", { count: uses.length, formatted: count(uses.length) })}
        </Button>
      )}
    </div>
  );
}

export function VersionsOfMetric({
  versions,
  sources,
}: {
  versions: readonly MetricVersion[];
  sources: readonly OfferedSource[];
}) {
  const { t } = useLocale();
  const format = useFormat();
  const words = { t, format, sources };
  return (
    <ol className="border-t" reversed>
      {versions.map(({ version, definition, createdAt, createdByName }) => (
        <li
          key={version}
          className="grid gap-0.5 border-b py-2 text-dense sm:grid-cols-[6rem_1fr_auto] sm:gap-4"
        >
          <span className="font-medium tabular-nums first-letter:uppercase">
            {t("metric_version", { version })}
          </span>
          <span className="wrap-anywhere min-w-0">
            {definition === null
              ? t("metric_version_unreadable")
              : termsOf(definition)
                  .flatMap((term) => (term === null ? [] : termText(term, words)))
                  .join(" ÷ ")}
          </span>
          <span className="text-muted-foreground">
            {createdByName === null
              ? format.moment(createdAt)
              : t("start_team_item_checked", { name: createdByName, moment: format.moment(createdAt) })}
          </span>
        </li>
      ))}
    </ol>
  );
}
