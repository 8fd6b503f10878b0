"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Button,
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@calcom/ui";
import { EllipsisIcon } from "lucide-react";
import Link from "next/link";
import type { ExperimentSummary } from "../../types/admin";
import { useMay, usePermittedCommands } from "../ExperimentPermissions";
import { type Command, isMendable } from "../shared/commands";
import type { ExperimentPaths } from "../shared/paths";
import { commandKeys, firstTabKey } from "../shared/words";
import { RunButton } from "./RunButton";

interface RowActionsProps {
  experiment: ExperimentSummary;
  paths: ExperimentPaths;
  onCommand: (command: Command) => void;
  isPending: boolean;
}

export function RowActions({ experiment, paths, onCommand, isPending }: RowActionsProps) {
  const { t } = useLocale();
  const { slug, name } = experiment;
  const mayEdit = useMay("edit");
  return (
    // Above the link that is stretched over the row.
    <div className="relative flex items-center justify-end gap-2 pointer-coarse:gap-4">
      <RunButton experiment={experiment} onCommand={onCommand} isPending={isPending} />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("experiment_actions_for", { name })}>
            <EllipsisIcon />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem asChild>
            <Link href={paths.results(slug)} prefetch={false}>
              {t(firstTabKey(experiment))}
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={paths.lookup(slug)} prefetch={false}>
              {t("person_lookup")}
            </Link>
          </DropdownMenuItem>
          {mayEdit && isMendable(experiment) && (
            <DropdownMenuItem asChild>
              <Link href={paths.edit(slug)} prefetch={false}>
                {t("edit")}
              </Link>
            </DropdownMenuItem>
          )}
          <CommandItems experiment={experiment} onCommand={onCommand} isPending={isPending} hasItemsAbove />
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}

interface CommandItemsProps extends Omit<RowActionsProps, "paths"> {
  /** What stands elsewhere on the page as a button. */
  without?: readonly Command[];
  hasItemsAbove?: boolean;
}

export function CommandItems({
  experiment,
  onCommand,
  isPending,
  without = [],
  hasItemsAbove,
}: CommandItemsProps) {
  const { t } = useLocale();
  const commands = usePermittedCommands(experiment).filter((command) => !without.includes(command));
  if (commands.length === 0) return null;
  return (
    <>
      {hasItemsAbove && <DropdownMenuSeparator />}
      {commands.map((command) => (
        <DropdownMenuItem
          key={command}
          disabled={isPending}
          variant={command === "delete" ? "destructive" : "default"}
          onSelect={() => onCommand(command)}
        >
          {t(commandKeys[command])}
        </DropdownMenuItem>
      ))}
    </>
  );
}
