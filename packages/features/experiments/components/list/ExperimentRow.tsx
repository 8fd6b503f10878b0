"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Badge, Checkbox, cn, TableCell, TableRow } from "@calcom/ui";
import Link from "next/link";
import { Children, type ReactNode } from "react";
import type { ExperimentSummary } from "../../types/admin";
import { ExperimentStatus } from "../ExperimentStatus";
import { RelativeTime } from "../RelativeTime";
import { CountedAt } from "../shared/CountedAt";
import type { Command } from "../shared/commands";
import type { ExperimentPaths } from "../shared/paths";
import { useCounted } from "../shared/useCounted";
import { useFormat } from "../shared/useFormat";
import { assignmentTypeKeys, unitsKeys } from "../shared/words";
import { HealthCell } from "./HealthCell";
import { RowActions } from "./RowActions";
import { splitNote } from "./split-note";
import type { Selection } from "./useSelection";

/** A count older than this shows when it was made. A newer one shows it only on hover and to screen readers. */
const OLD_MS = 15 * 60_000;

/** On a phone, below the name rather than below the checkbox before it. */
const BESIDE_CHECKBOX = "max-lg:ps-6.5";

interface ExperimentRowProps {
  experiment: ExperimentSummary;
  paths: ExperimentPaths;
  onCommand: (command: Command) => void;
  isPending: boolean;
  selection: Selection | null;
  /** Whether its owner is told: not where all have the same one. */
  hasOwner: boolean;
}

export function ExperimentRow(props: ExperimentRowProps) {
  const { experiment, paths, onCommand, isPending, selection, hasOwner } = props;
  const { t } = useLocale();
  const { count, percentage } = useFormat();
  const { number, subjects, when } = useCounted();
  const {
    slug,
    name,
    status,
    isTurnedOff,
    unit,
    recentExposures,
    updatedAt,
    countedAt,
    damage,
    assignmentType,
  } = experiment;
  const isOld = countedAt !== null && Date.now() - countedAt.getTime() > OLD_MS;
  return (
    <TableRow className="group relative [&>td]:align-top max-lg:grid max-lg:grid-cols-[minmax(0,1fr)_auto] max-lg:gap-x-3 max-lg:gap-y-1.5 max-lg:py-3">
      <TableCell className="max-w-0 ps-0 max-lg:min-w-0 max-lg:max-w-none max-lg:p-0">
        <div className="flex items-start gap-2.5">
          {selection && (
            <Checkbox
              aria-label={t("bulk_select", { name })}
              // Above the link that is stretched over the row.
              className="z-1 mt-0.5"
              checked={selection.isChosen(slug)}
              onCheckedChange={(isChosen) => selection.choose([slug], isChosen === true)}
            />
          )}
          <div className="min-w-0 flex-1">
            {/* The link is stretched over the row, so that the whole row opens it. */}
            <Link
              href={paths.detail(slug)}
              prefetch={false}
              className="block truncate font-medium text-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
            >
              {name}
            </Link>
            <Separated>
              {name !== slug && <span className="font-mono">{slug}</span>}
              {damage === null && splitNote(experiment, { t, percentage })}
              {assignmentType !== "deterministic" && t(assignmentTypeKeys[assignmentType])}
              {hasOwner &&
                experiment.owner !== null &&
                t("experiment_owner_is", { name: experiment.owner.name })}
            </Separated>
            <Tags tags={experiment.tags} />
          </div>
        </div>
      </TableCell>
      <TableCell
        className={cn(
          "max-lg:col-span-2 max-lg:row-start-2 max-lg:flex max-lg:flex-wrap max-lg:items-center max-lg:gap-x-3 max-lg:p-0",
          selection && BESIDE_CHECKBOX,
        )}
      >
        <ExperimentStatus {...{ status, isTurnedOff }} />
        <Narrow>
          {subjects(experiment)}
          {isOld && "\u00a0· "}
          {isOld && <CountedAt at={countedAt} />}
        </Narrow>
        {isTurnedOff && (
          <p className="max-w-40 text-pretty text-warning text-xs">{t("experiment_flag_off_effect")}</p>
        )}
        {experiment.winnerVariant !== null && !isTurnedOff && (
          <p className="max-w-40 truncate text-muted-foreground text-xs">
            {t("experiment_winner_is", { variant: experiment.winnerVariant })}
          </p>
        )}
      </TableCell>
      <TableCell
        className={cn(
          "max-lg:col-span-2 max-lg:row-start-3 max-lg:min-w-0 max-lg:p-0",
          selection && BESIDE_CHECKBOX,
        )}
      >
        <HealthCell experiment={experiment} onCommand={onCommand} />
      </TableCell>
      <TableCell numeric className="max-lg:hidden">
        {/* Above the stretched link, so that hovering it says when it was counted. */}
        <span
          className="relative"
          title={when(experiment).trim() || undefined}
          // Between the server’s rendering and ours a minute may turn.
          suppressHydrationWarning
        >
          {number(experiment)}
          <span className="sr-only" suppressHydrationWarning>
            {when(experiment)}
          </span>
        </span>
        <p className="text-muted-foreground text-xs">
          {t(unitsKeys[unit], { count: experiment.assignments })}
          {recentExposures > 0 && (
            <span className="whitespace-nowrap">
              {" · "}
              <span>
                {t("experiment_recent_exposures", { formatted: count(recentExposures) })}
                <span className="sr-only"> {t("experiment_recent_exposures_hint")}</span>
              </span>
            </span>
          )}
        </p>
        {isOld && (
          <p aria-hidden className="whitespace-nowrap text-muted-foreground text-xs">
            <CountedAt at={countedAt} />
          </p>
        )}
      </TableCell>
      <TableCell className="text-muted-foreground max-xl:hidden">
        <p className="whitespace-nowrap">
          <RelativeTime date={updatedAt} />
        </p>
        {experiment.updatedBy !== null && (
          <p className="max-w-32 truncate text-xs">{experiment.updatedBy.name}</p>
        )}
      </TableCell>
      <TableCell className="pe-0 max-lg:col-start-2 max-lg:row-start-1 max-lg:p-0">
        <RowActions experiment={experiment} paths={paths} onCommand={onCommand} isPending={isPending} />
      </TableCell>
    </TableRow>
  );
}

/** With a dot between what stands on one line: at a line's start it would lie outside, where it is cut off. */
function Separated({ children }: { children: ReactNode[] }) {
  return (
    <div className="overflow-x-clip text-muted-foreground text-xs">
      <p className="-ms-3 flex flex-wrap">
        {Children.toArray(children).map((child, place) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: parts never change their places
            key={place}
            className="wrap-anywhere relative min-w-0 ps-3 before:absolute before:start-1 before:content-['·'_/_'']"
          >
            <span className="line-clamp-2">{child}</span>{" "}
          </span>
        ))}
      </p>
    </div>
  );
}

function Tags({ tags }: Pick<ExperimentSummary, "tags">) {
  const { t } = useLocale();
  if (tags.length === 0) return null;
  return (
    <ul aria-label={t("experiment_tags")} className="mt-1 flex flex-wrap gap-1">
      {tags.map((tag) => (
        <li key={tag} className="min-w-0">
          <Badge variant="muted" className="max-w-40">
            <span className="truncate">{tag}</span>
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function Narrow({ children, className }: { children: ReactNode; className?: string }) {
  return <p className={cn("text-muted-foreground lg:hidden", className)}>{children}</p>;
}
