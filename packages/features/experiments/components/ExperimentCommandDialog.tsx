"use client";

import type { ReactNode } from "react";
import type { ExperimentSummary } from "../types/admin";
import type { ConclusionReason } from "../types/conclusion";
import { ConcludeDialog } from "./dialogs/ConcludeDialog";
import { ConfirmDialog } from "./dialogs/ConfirmDialog";
import { DeleteDialog } from "./dialogs/DeleteDialog";
import { DuplicateDialog } from "./dialogs/DuplicateDialog";
import { StartDialog } from "./dialogs/StartDialog";
import type { Command, CommandAtOnce, RunCommand } from "./shared/commands";
import type { ExperimentPaths } from "./shared/paths";

export {
  type Command,
  type CommandAtOnce,
  type CommandOrder,
  type CommandRefusal,
  needsDialog,
  type RunCommand,
} from "./shared/commands";

/** A command that says its consequences before it is carried out, and the experiment as it was when it was asked for. */
export interface CommandRequest {
  experiment: ExperimentSummary;
  command: Exclude<Command, CommandAtOnce>;
}

export interface ExperimentCommandDialogProps {
  request: CommandRequest | null;
  onClose: () => void;
  onRun: RunCommand;
  paths: Pick<ExperimentPaths, "edit" | "setup">;
  /** What the results say, for whoever concludes. */
  verdict?: ReactNode;
  /** The reasons to offer in the dialog that concludes; undefined as long as the page does not know them. */
  reasons?: readonly ConclusionReason[] | undefined;
}

export function ExperimentCommandDialog(props: ExperimentCommandDialogProps) {
  const { request, onClose, onRun, paths, verdict, reasons } = props;
  if (request === null) return null;
  const { experiment, command } = request;
  const parts = { experiment, onClose, onRun };
  if (command === "conclude") return <ConcludeDialog {...parts} {...{ verdict, reasons }} />;
  if (command === "duplicate") return <DuplicateDialog {...parts} />;
  if (command === "delete") return <DeleteDialog {...parts} />;
  if (command === "start") return <StartDialog {...parts} paths={paths} />;
  return <ConfirmDialog {...parts} command={command} />;
}
