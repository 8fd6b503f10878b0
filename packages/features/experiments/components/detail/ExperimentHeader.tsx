"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
  BreadcrumbSeparator,
  Button,
  CopyButton,
  cn,
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
  PageHeader,
  useShortcut,
} from "@calcom/ui";
import { EllipsisIcon } from "lucide-react";
import Link from "next/link";
import { useRef } from "react";
import type { ExperimentDetail } from "../../types/admin";
import { useMay, usePermittedCommands } from "../ExperimentPermissions";
import { ExperimentStatus, OverdueMark } from "../ExperimentStatus";
import { CommandItems } from "../list/RowActions";
import { type Command, isMendable } from "../shared/commands";
import { joined } from "../shared/joined";
import type { ExperimentPaths } from "../shared/paths";
import { useFormat } from "../shared/useFormat";
import { commandKeys, unitKeys } from "../shared/words";

interface ExperimentHeaderProps {
  experiment: ExperimentDetail;
  paths: ExperimentPaths;
  onCommand: (command: Command) => void;
  isPending: boolean;
}

/** What is done often stands as a button, the rest in the menu. */
const BUTTONS: readonly Command[] = ["start", "pause", "resume", "turn_on", "conclude"];
const PRIMARY: readonly Command[] = ["start", "resume", "turn_on"];

export function ExperimentHeader({ experiment, paths, onCommand, isPending }: ExperimentHeaderProps) {
  const { t } = useLocale();
  const { slug, name, status, isTurnedOff, damage } = experiment;
  // What has not begun is in its setup; what cannot be read is in no report.
  const hasReport = status !== "draft" && damage === null;
  const isEditable = useMay("edit") && isMendable(experiment);
  const edit = useRef<HTMLAnchorElement>(null);
  useShortcut({ keys: "e", label: t("edit"), isEnabled: isEditable }, () => edit.current?.click());
  const commands = usePermittedCommands(experiment);
  const buttons = commands.filter((command) => BUTTONS.includes(command));
  const hasMenu = hasReport || commands.length > buttons.length;
  // A phone has room for two buttons and the menu in one line, in any language.
  const isEditInMenu = isEditable && hasMenu && buttons.length > 1;
  // One element for a button and its opposite, never disabled: the keyboard stays where it was.
  const button = (command: Command) => (
    <Button
      key={command === "conclude" ? command : "run"}
      variant={PRIMARY.includes(command) ? "default" : "outline"}
      loading={isPending && command !== "conclude"}
      aria-disabled={isPending}
      onClick={() => {
        if (!isPending) onCommand(command);
      }}
    >
      {t(commandKeys[command])}
    </Button>
  );
  return (
    <PageHeader
      breadcrumbs={
        <Breadcrumb label={t("breadcrumb")}>
          <BreadcrumbList>
            <BreadcrumbItem>
              <BreadcrumbLink asChild>
                <Link href={paths.list}>{t("experiments")}</Link>
              </BreadcrumbLink>
            </BreadcrumbItem>
            <BreadcrumbSeparator />
            <BreadcrumbItem>
              <BreadcrumbPage>{name}</BreadcrumbPage>
            </BreadcrumbItem>
          </BreadcrumbList>
        </Breadcrumb>
      }
      title={
        <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
          {name}
          <ExperimentStatus {...{ status, isTurnedOff }} className="font-normal tracking-normal" />
          {experiment.health?.problems.includes("past_end") && (
            <OverdueMark className="font-normal tracking-normal" />
          )}
        </span>
      }
      description={<Facts experiment={experiment} paths={paths} />}
      actions={
        <>
          {isEditable && (
            <Button asChild variant="outline" className={cn(isEditInMenu && "max-sm:hidden")}>
              <Link ref={edit} href={paths.edit(slug)}>
                {t("edit")}
              </Link>
            </Button>
          )}
          {buttons.filter((command) => command !== "conclude").map(button)}
          {/* On a phone the menu begins no line of its own. */}
          <span
            className={cn("inline-flex gap-2 empty:hidden", buttons.includes("conclude") && "max-sm:grow")}
          >
            {buttons.includes("conclude") && button("conclude")}
            {hasMenu && (
              <DropdownMenu>
                <DropdownMenuTrigger asChild>
                  <Button variant="ghost" size="icon" aria-label={t("experiment_actions_for", { name })}>
                    <EllipsisIcon />
                  </Button>
                </DropdownMenuTrigger>
                <DropdownMenuContent>
                  {isEditInMenu && (
                    <DropdownMenuItem asChild className="sm:hidden">
                      <Link href={paths.edit(slug)}>{t("edit")}</Link>
                    </DropdownMenuItem>
                  )}
                  {hasReport && (
                    <DropdownMenuItem asChild>
                      <Link href={paths.report(slug)} prefetch={false}>
                        {t("report")}
                      </Link>
                    </DropdownMenuItem>
                  )}
                  <CommandItems
                    experiment={experiment}
                    onCommand={onCommand}
                    isPending={isPending}
                    without={BUTTONS}
                    hasItemsAbove={hasReport || isEditInMenu}
                  />
                </DropdownMenuContent>
              </DropdownMenu>
            )}
          </span>
        </>
      }
    />
  );
}

function Facts({ experiment, paths }: Pick<ExperimentHeaderProps, "experiment" | "paths">) {
  const { t } = useLocale();
  const { day } = useFormat();
  const { slug, unit, owner, config } = experiment;
  const facts = [
    t(unitKeys[unit]),
    config?.startedAt && t("experiment_since", { day: day(new Date(config.startedAt)) }),
    owner && t("experiment_owner_is", { name: owner.name }),
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-dense">
      <span className="inline-flex items-center gap-0.5">
        <span className="wrap-anywhere font-mono text-xs">{slug}</span>
        <CopyButton
          value={slug}
          label={t("experiment_copy_slug")}
          copiedLabel={t("copied")}
          failedLabel={t("could_not_copy")}
          className="size-6 text-muted-foreground [&_svg]:size-3.5"
        />
      </span>
      <span>{joined(facts)}</span>
      <Link
        href={paths.lookup(slug)}
        prefetch={false}
        className="text-foreground underline underline-offset-2"
      >
        {t("person_lookup")}
      </Link>
    </div>
  );
}
