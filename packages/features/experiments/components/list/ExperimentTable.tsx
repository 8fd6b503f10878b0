"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Checkbox, Table, TableBody, TableHead, TableHeader, TableRow } from "@calcom/ui";
import type { ReactNode } from "react";
import type { ExperimentSummary } from "../../types/admin";
import type { Command } from "../shared/commands";
import type { ExperimentPaths } from "../shared/paths";
import { tellsOwners } from "../shared/tells-owners";
import { ExperimentRow } from "./ExperimentRow";
import type { Selection } from "./useSelection";

interface ExperimentTableProps {
  items: ExperimentSummary[];
  paths: ExperimentPaths;
  onCommand: (experiment: ExperimentSummary, command: Command) => void;
  pending: ReadonlySet<string>;
  /** Null for who may change none of them. */
  selection: Selection | null;
}

/** A table; under 1024 px, where the navigation stands beside it, each row is laid out as an item of a list. */
export function ExperimentTable({ items, paths, onCommand, pending, selection }: ExperimentTableProps) {
  const hasOwner = tellsOwners(items.map(({ owner }) => owner?.id ?? null));
  return (
    <Table className="max-lg:block max-lg:border-t">
      <ExperimentTableHeader selectAll={selection && <SelectAll items={items} selection={selection} />} />
      <TableBody className="max-lg:block">
        {items.map((experiment) => (
          <ExperimentRow
            key={experiment.slug}
            experiment={experiment}
            paths={paths}
            onCommand={(command) => onCommand(experiment, command)}
            isPending={pending.has(experiment.slug)}
            selection={selection}
            hasOwner={hasOwner}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function SelectAll({ items, selection }: { items: ExperimentSummary[]; selection: Selection }) {
  const { t } = useLocale();
  const isAll = items.every(({ slug }) => selection.isChosen(slug));
  return (
    <Checkbox
      // A header that is not drawn has no control in it: the bar has one there.
      className="max-lg:hidden"
      aria-label={t("bulk_select_all")}
      checked={isAll || (selection.chosen.length > 0 && "indeterminate")}
      onCheckedChange={() => selection.choose(selection.shown, !isAll)}
    />
  );
}

export function ExperimentTableHeader({ selectAll = null }: { selectAll?: ReactNode }) {
  const { t } = useLocale();
  return (
    <TableHeader className="max-lg:sr-only">
      <TableRow>
        <TableHead className="w-[32%] ps-0">
          <span className="flex items-center gap-2.5">
            {selectAll}
            {t("experiment_name")}
          </span>
        </TableHead>
        <TableHead>{t("experiment_status")}</TableHead>
        <TableHead className="w-[32%]">{t("experiment_verdict")}</TableHead>
        <TableHead numeric>{t("experiment_subjects")}</TableHead>
        <TableHead className="max-xl:hidden">{t("experiment_changed")}</TableHead>
        <TableHead className="w-20 pe-0">
          <span className="sr-only">{t("actions")}</span>
        </TableHead>
      </TableRow>
    </TableHeader>
  );
}
