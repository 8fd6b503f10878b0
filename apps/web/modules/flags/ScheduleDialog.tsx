"use client";

import type { FlagSummary, ScheduledChange } from "@calcom/features/flags";
import type { FlagRefusal } from "@calcom/features/flags/components/CreateFlagDialog";
import {
  changeText,
  type PlannedChange,
  type ScheduleState,
  ScheduleDialog as View,
} from "@calcom/features/flags/components/schedule/ScheduleDialog";
import { useLocale } from "@calcom/lib/i18n";
import { trpc } from "@calcom/trpc/react";
import { toast, withUndo } from "@calcom/ui";
import { apiFailure } from "./api-failure";

interface ScheduleDialogProps {
  flag: FlagSummary;
  isOpen: boolean;
  onClose: () => void;
}

export function ScheduleDialog({ flag, isOpen, onClose }: ScheduleDialogProps) {
  const { t, locale } = useLocale();
  const { slug } = flag;
  const { flags } = trpc.useUtils().viewer.admin;
  const shown = trpc.viewer.admin.flags.schedule.list.useQuery(
    { slug },
    { enabled: isOpen, refetchOnMount: "always" },
  );
  const settle = {
    scope: { id: "flags" },
    onSettled: () => Promise.all([flags.schedule.list.invalidate({ slug }), flags.list.invalidate()]),
  };
  const add = trpc.viewer.admin.flags.schedule.add.useMutation(settle);
  const update = trpc.viewer.admin.flags.schedule.update.useMutation(settle);
  const remove = trpc.viewer.admin.flags.schedule.remove.useMutation(settle);
  const place = { id: `flag-${slug}-schedule`, position: "bottom-left" } as const;

  async function plan({ seen, at, change }: PlannedChange): Promise<FlagRefusal | null> {
    try {
      if (seen === undefined) await add.mutateAsync({ slug, at, change });
      else await update.mutateAsync({ slug, id: seen.id, version: seen.version, at, change });
    } catch (error) {
      const { message, issues } = apiFailure(error, t);
      // Shares are typed in one field, whatever part of a change is refused.
      const [field = null] = issues[0]?.path.split(".") ?? [];
      return { message, field };
    }
    toast.success(t("flag_schedule_added", { slug, change: changeText(change, t, locale) }), place);
    return null;
  }

  async function takeBack({ id, version, at, change, dropped }: ScheduledChange): Promise<void> {
    try {
      await remove.mutateAsync({ slug, id, version });
    } catch (error) {
      toast.error(apiFailure(error, t).message, place);
      return;
    }
    const undo = () =>
      void plan({ at: at.toISOString(), change }).then(
        (refusal) => refusal && toast.error(refusal.message, place),
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
    return { status: "error", message: apiFailure(shown.error, t).message, onRetry };
  }

  return (
    <View
      flag={flag}
      isOpen={isOpen}
      onClose={onClose}
      state={toState()}
      onPlan={plan}
      onRemove={(change) => void takeBack(change)}
    />
  );
}
