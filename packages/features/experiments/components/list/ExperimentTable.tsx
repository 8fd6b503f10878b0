"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@calcom/ui";
import type { ExperimentSummary } from "../../types/admin";
import type { Command } from "../shared/commands";
import type { ExperimentPaths } from "../shared/paths";
import { ExperimentRow } from "./ExperimentRow";

interface ExperimentTableProps {
  items: ExperimentSummary[];
  paths: ExperimentPaths;
  onCommand: (experiment: ExperimentSummary, command: Command) => void;
  pending: ReadonlySet<string>;
}

/** A table; under 640 px each row is laid out as an item of a list. */
export function ExperimentTable({ items, paths, onCommand, pending }: ExperimentTableProps) {
  return (
    <Table className="max-sm:block max-sm:border-t">
      <ExperimentTableHeader />
      <TableBody className="max-sm:block">
        {items.map((experiment) => (
          <ExperimentRow
            key={experiment.slug}
            experiment={experiment}
            paths={paths}
            onCommand={(command) => onCommand(experiment, command)}
            isPending={pending.has(experiment.slug)}
          />
        ))}
      </TableBody>
    </Table>
  );
}

export function ExperimentTableHeader() {
  const { t } = useLocale();
  return (
    <TableHeader className="max-sm:sr-only">
      <TableRow>
        <TableHead className="w-[28%] pl-0">{t("experiment_name")}</TableHead>
        <TableHead>{t("experiment_status")}</TableHead>
        <TableHead className="w-[24%]">{t("experiment_verdict")}</TableHead>
        <TableHead className="w-[18%]">{t("experiment_variants")}</TableHead>
        <TableHead numeric>{t("experiment_subjects")}</TableHead>
        <TableHead className="max-lg:hidden">{t("experiment_changed")}</TableHead>
        <TableHead className="w-20 pr-0">
          <span className="sr-only">{t("actions")}</span>
        </TableHead>
      </TableRow>
    </TableHeader>
  );
}
