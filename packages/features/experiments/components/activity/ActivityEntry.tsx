"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, cn, Disclosure } from "@calcom/ui";
import { ArrowRightIcon, ListFilterIcon } from "lucide-react";
import Link from "next/link";
import type { AuditEntry, Difference } from "../../types/activity";
import { useMetricName } from "../form/metrics-port";
import { useFormat } from "../shared/useFormat";
import { entryIcon } from "./entry-icon";
import { namedSettings, ordered } from "./named-settings";
import { sentenceOf } from "./sentence";
import { settingName } from "./setting-name";
import { settingValue } from "./setting-value";

/** What a row of settings shows of itself at once; the rest is a click away. */
const SHOWN = 6;

interface ActivityEntryProps {
  entry: AuditEntry;
  hrefOf?: (slug: string) => string;
  metricHrefOf?: (key: string) => string;
  /** Shows what was done to one experiment alone; undefined where nothing else is shown. */
  onNarrow?: (experiment: { slug: string; name: string }) => void;
}

export function ActivityEntry({ entry, hrefOf, metricHrefOf, onNarrow }: ActivityEntryProps) {
  const { t } = useLocale();
  const metricName = useMetricName();
  const { moment, time } = useFormat();
  const { slug, metricKey, differences, at } = entry;
  const Icon = entryIcon(entry);
  return (
    <li className="grid gap-2 border-b py-3 ps-7 text-dense">
      <p className="relative flex items-baseline gap-x-3">
        <Icon aria-hidden className="absolute -start-7 top-0.5 size-4 text-muted-foreground" />
        <span className="wrap-anywhere min-w-0 flex-1">
          <span>{sentenceOf(entry, t)}</span>
          {hrefOf && slug !== null && <Changed id={slug} name={entry.experimentName} href={hrefOf(slug)} />}
          {metricHrefOf && metricKey !== null && (
            <Changed id={metricKey} name={metricName(metricKey)} href={metricHrefOf(metricKey)} />
          )}
          {onNarrow && slug !== null && (
            <Narrow name={entry.experimentName ?? slug} onNarrow={(name) => onNarrow({ slug, name })} />
          )}
        </span>
        <time
          dateTime={at.toISOString()}
          title={moment(at)}
          className="whitespace-nowrap text-muted-foreground tabular-nums"
        >
          {time(at)}
        </time>
      </p>
      {SAID_WHOLE.has(entry.tableName) ? null : entry.action === "UPDATE" ? (
        <Differences differences={differences} />
      ) : (
        differences.length > 0 && (
          <Disclosure summary={namedSettings(entry, t)}>
            {/* Who unfolds it wants all of it. */}
            <div className="pt-2 ps-4.5">
              <DifferenceRows differences={ordered(differences)} />
            </div>
          </Disclosure>
        )
      )}
    </li>
  );
}

/** The sentence says all of it. */
const SAID_WHOLE = new Set<AuditEntry["tableName"]>(["Person", "ExperimentChecklistItem"]);

/** What was changed, after the sentence that says how: by its name, or by that of code where it has no other. */
function Changed({ id, name, href }: { id: string; name: string | null; href: string }) {
  const isNamed = name !== null && name !== id;
  return (
    <>
      {"\u00a0· "}
      <Link
        href={href}
        prefetch={false}
        title={isNamed ? id : undefined}
        className={cn("underline underline-offset-2 pointer-coarse:py-3", !isNamed && "font-mono text-xs")}
      >
        {isNamed ? name : id}
      </Link>
    </>
  );
}

function Narrow({ name, onNarrow }: { name: string; onNarrow: (name: string) => void }) {
  const { t } = useLocale();
  const label = t("activity_narrow", { name });
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      className="ms-1 size-6 align-middle text-muted-foreground"
      aria-label={label}
      title={label}
      onClick={() => onNarrow(name)}
    >
      <ListFilterIcon className="size-3.5" />
    </Button>
  );
}

function Differences({ differences }: { differences: Difference[] }) {
  const { t } = useLocale();
  if (differences.length === 0) return null;
  const hidden = differences.slice(SHOWN);
  return (
    <>
      <DifferenceRows differences={differences.slice(0, SHOWN)} />
      {hidden.length > 0 && (
        <Disclosure summary={t("activity_more_settings", { count: hidden.length })}>
          <div className="pt-2">
            <DifferenceRows differences={hidden} />
          </div>
        </Disclosure>
      )}
    </>
  );
}

function DifferenceRows({ differences }: { differences: Difference[] }) {
  const { t } = useLocale();
  const format = useFormat();
  const words = { t, format, metricName: useMetricName() };
  return (
    <ul className="grid gap-1 text-xs">
      {differences.map(({ path, before, after }) => (
        <li key={path} className="grid gap-x-3 sm:grid-cols-[14rem_1fr]">
          <span className="wrap-anywhere text-muted-foreground">{settingName(path, t)}</span>
          <span className="wrap-anywhere flex min-w-0 flex-wrap items-center gap-x-1.5">
            {before !== undefined && (
              <del className="line-clamp-4 text-muted-foreground decoration-1">
                <span className="sr-only">{t("activity_before")} </span>
                {settingValue(path, before, words)}
              </del>
            )}
            {before !== undefined && after !== undefined && (
              <ArrowRightIcon aria-hidden className="size-3 shrink-0 text-muted-foreground" />
            )}
            {after !== undefined && (
              <ins className="line-clamp-4 no-underline">
                <span className="sr-only">{t("activity_after")} </span>
                {settingValue(path, after, words)}
              </ins>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
