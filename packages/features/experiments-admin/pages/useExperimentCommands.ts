"use client";

import {
  type Command,
  type CommandAtOnce,
  type CommandOrder,
  type CommandRequest,
  needsDialog,
  type RunCommand,
} from "@calcom/features/experiments/components/ExperimentCommandDialog";
import type { ExperimentSummary } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { toast, withUndo } from "@calcom/ui";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAdminUtils } from "../api/hooks";
import { usePaths } from "../api/host";
import { commandRefusal } from "./api-refusal";
import { tellDeleted } from "./tell-deleted";
import { tellRefused } from "./tell-refused";

const undoOf = { pause: "resume", resume: "pause" } as const;

/** The commands that change the state of an experiment. */
type Step = Exclude<CommandOrder, { command: "duplicate" | "delete" | "revert" }>;

type Stored = Pick<ExperimentSummary, "status" | "version">;

export interface ExperimentCommands {
  /** The command whose dialog is open. */
  request: CommandRequest | null;
  /** Does it at once, or opens its dialog where it has consequences to say. */
  order: (experiment: ExperimentSummary, command: Command) => void;
  run: RunCommand;
  closeDialog: () => void;
  pending: ReadonlySet<string>;
  /** The experiment as the server last stored it. A step that was only requested is never shown as done. */
  asStored: <Experiment extends ExperimentSummary>(experiment: Experiment) => Experiment;
}

/** Carries commands out, tells their end in a toast, and brings every view of the experiment up to date. */
export function useExperimentCommands({ onDeleted }: { onDeleted?: () => void } = {}): ExperimentCommands {
  const { t, locale } = useLocale();
  const router = useRouter();
  const paths = usePaths();
  const utils = useAdminUtils();
  const api = utils.cache;
  const { client } = utils;
  const [request, setRequest] = useState<CommandRequest | null>(null);
  const [running, setRunning] = useState<ReadonlySet<string>>(new Set());
  const [answered, setAnswered] = useState<ReadonlyMap<string, Stored>>(new Map());

  const run: RunCommand = async (experiment, order) => {
    const { slug } = experiment;
    setRunning((before) => new Set(before).add(slug));
    const refusal = await carryOut(experiment, order);
    setRunning((before) => new Set([...before].filter((other) => other !== slug)));
    // Nobody waits for it; until it is there, what the server answered is shown.
    void refresh(slug, (order.command === "delete" || order.command === "revert") && refusal === null);
    return refusal;
  };

  const carryOut: RunCommand = async (experiment, order) => {
    const { slug, name, version } = experiment;
    try {
      if (order.command === "delete") {
        const { deleted } = await client.delete.mutate({
          slug,
          version,
          confirmSlug: order.confirmSlug,
        });
        toast.success(tellDeleted({ t, locale }, { name, ...deleted }));
        onDeleted?.();
        return null;
      }
      if (order.command === "revert") {
        await client.flagMigration.revert.mutate({ slug, version });
        toast.success(t(doneKeys.revert, { name }));
        onDeleted?.();
        return null;
      }
      if (order.command === "duplicate") {
        const copy = await client.duplicate.mutate({
          slug,
          newSlug: order.newSlug,
          name: order.name,
        });
        toast.success(
          t(doneKeys.duplicate, { name: copy.name }),
          withUndo(t("undo"), () => void takeBack(copy)),
        );
        router.push(paths.edit(copy.slug));
        return null;
      }
      const changed = await take({ slug, version }, order);
      api.get.setData({ slug }, changed);
      setAnswered((before) =>
        new Map(before).set(slug, { status: changed.status, version: changed.version }),
      );
      const undo = order.command === "pause" || order.command === "resume" ? undoOf[order.command] : null;
      toast.success(t(doneKeys[order.command], { name }), {
        ...(undo !== null && withUndo(t("undo"), () => void runNow(changed, undo))),
      });
      return null;
    } catch (error) {
      return commandRefusal(error, t);
    }
  };

  function take(of: { slug: string; version: number }, order: Step) {
    const { conclude, takeBackWinner, updateStatus } = client;
    if (order.command === "take_back") return takeBackWinner.mutate(of);
    const { command, ...facts } = order;
    if (command === "conclude") {
      const { winnerVariant, reason, learning } = order;
      return conclude.mutate({ ...of, winnerVariant, reason, learning });
    }
    return updateStatus.mutate({ ...of, action: command, ...facts });
  }

  /** A copy that was changed since is refused, and stays. */
  async function takeBack({ slug, name, version }: ExperimentSummary): Promise<void> {
    try {
      const remove = client.delete;
      const { deleted } = await remove.mutate({ slug, version, confirmSlug: slug });
      toast.success(tellDeleted({ t, locale }, { name, ...deleted }));
      router.push(paths.list);
    } catch (error) {
      tellRefused(commandRefusal(error, t), t);
    }
    await refresh(slug, true);
  }

  /** Also after a refusal: it may be the state that was looked at which is wrong. */
  async function refresh(slug: string, isGone: boolean): Promise<void> {
    await Promise.all([
      api.list.invalidate(),
      api.activity.invalidate(),
      ...(isGone
        ? []
        : [
            api.get.invalidate({ slug }),
            api.stats.invalidate({ slug }),
            api.results.get.invalidate({ slug }),
          ]),
    ]);
  }

  async function runNow(experiment: ExperimentSummary, command: CommandAtOnce) {
    const refusal = await run(experiment, { command });
    if (refusal !== null) tellRefused(refusal, t, { id: `experiment-${experiment.slug}` });
  }

  return {
    request,
    order: (experiment, command) => {
      if (needsDialog(command)) setRequest({ experiment, command });
      else void runNow(experiment, command);
    },
    run,
    closeDialog: () => setRequest(null),
    pending: running,
    asStored: (experiment) => {
      const stored = answered.get(experiment.slug);
      return stored !== undefined && stored.version > experiment.version
        ? { ...experiment, ...stored }
        : experiment;
    },
  };
}

const doneKeys: Record<Exclude<Command, "delete">, string> = {
  start: "experiment_done_start",
  pause: "experiment_done_pause",
  resume: "experiment_done_resume",
  turn_off: "experiment_done_turn_off",
  turn_on: "experiment_done_turn_on",
  conclude: "experiment_done_conclude",
  archive: "experiment_done_archive",
  take_back: "experiment_done_take_back",
  duplicate: "experiment_done_duplicate",
  revert: "experiment_done_revert",
};
