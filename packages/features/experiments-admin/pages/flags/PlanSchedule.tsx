"use client";

import type { FlagSummary, ScheduledChange } from "@calcom/features/flags";
import type { FlagRefusal } from "@calcom/features/flags/components/CreateFlagDialog";
import {
  changeText,
  type PlannedChange,
  ScheduleDialog,
  type ScheduleState,
} from "@calcom/features/flags/components/ScheduleDialog";
import { useLocale } from "@calcom/lib/i18n";
import { toast, withUndo } from "@calcom/ui";
import { flagsApi, useFlagUtils } from "../../api/hooks";
import { commandRefusal } from "../api-refusal";
import { tellRefused } from "../tell-refused";

interface PlanScheduleProps {
  flag: FlagSummary;
  hasShares: boolean;
  isOpen: boolean;
  onClose: () => void;
}

export function PlanSchedule({ flag, hasShares, isOpen, onClose }: PlanScheduleProps) {
  const { t, locale } = useLocale();
  const { slug } = flag;
  const flags = useFlagUtils().cache;
  const shown = flagsApi.schedule.list.useQuery({ slug }, { enabled: isOpen, refetchOnMount: "always" });
  const settle = {
    scope: { id: "flags" },
    onSettled: () => Promise.all([flags.schedule.list.invalidate({ slug }), flags.list.invalidate()]),
  };
  const add = flagsApi.schedule.add.useMutation(settle);
  const update = flagsApi.schedule.update.useMutation(settle);
  const remove = flagsApi.schedule.remove.useMutation(settle);
  const place = { id: `flag-${slug}-schedule`, position: "bottom-left" } as const;

  async function plan({ seen, at, change }: PlannedChange): Promise<FlagRefusal | null> {
    try {
      if (seen === undefined) await add.mutateAsync({ slug, at, change });
      else await update.mutateAsync({ slug, id: seen.id, version: seen.version, at, change });
    } catch (error) {
      const { message, changed, field: path } = commandRefusal(error, t);
      // Shares are typed in one field, whatever part of a change is refused.
      const [field = null] = path?.split(".") ?? [];
      return { message, field, changed };
    }
    toast.success(t("flag_schedule_added", { slug, change: changeText(change, t, locale) }), place);
    return null;
  }

  async function takeBack({ id, version, at, change, dropped }: ScheduledChange): Promise<void> {
    try {
      await remove.mutateAsync({ slug, id, version });
    } catch (error) {
      tellRefused(commandRefusal(error, t), t, place);
      return;
    }
    const undo = () =>
      void plan({ at: at.toISOString(), change }).then(
        (refusal) => refusal && tellRefused(refusal, t, place),
      );
    toast.success(t("flag_schedule_removed", { slug, change: changeText(change, t, locale) }), {
      ...place,
      ...(dropped === null && withUndo(t("undo"), undo)),
    });
  }

  function toState(): ScheduleState {
    if (shown.data !== undefined) return { status: "ready", changes: shown.data.changes };
    if (shown.error === null || shown.isFetching) return { status: "loading" };
    const onRetry = () => void shown.refetch();
    return { status: "error", message: commandRefusal(shown.error, t).message, onRetry };
  }

  return (
    <ScheduleDialog
      flag={flag}
      hasShares={hasShares}
      isOpen={isOpen}
      onClose={onClose}
      state={toState()}
      onPlan={plan}
      onRemove={(change) => void takeBack(change)}
    />
  );
}
