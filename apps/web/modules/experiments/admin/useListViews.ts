"use client";

import { type ExperimentListQuery, type SavedView, toFilter } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { trpc } from "@calcom/trpc/react";
import { toast, withUndo } from "@calcom/ui";
import { commandRefusal } from "./api-refusal";

/** The views that the person keeps. Each change answers all of them. */
export function useListViews(first: SavedView[], query: ExperimentListQuery) {
  const { t } = useLocale();
  const utils = trpc.useUtils();
  const api = utils.client.viewer.admin.experiments.views;
  const { list } = utils.viewer.admin.experiments.views;
  const { data: saved } = trpc.viewer.admin.experiments.views.list.useQuery(undefined, {
    initialData: first,
  });

  async function save(view: SavedView): Promise<string | null> {
    try {
      list.setData(undefined, await api.save.mutate(view));
      return null;
    } catch (error) {
      return commandRefusal(error, t).message;
    }
  }

  async function restore(view: SavedView): Promise<void> {
    const refusal = await save(view);
    if (refusal !== null) toast.error(refusal);
  }

  return {
    saved,
    onSave: (name: string) => save({ name, filter: toFilter(query) }),
    async onDelete(view: SavedView): Promise<void> {
      try {
        list.setData(undefined, await api.delete.mutate({ name: view.name }));
        toast.success(
          t("view_deleted", { name: view.name }),
          withUndo(t("undo"), () => void restore(view)),
        );
      } catch (error) {
        toast.error(commandRefusal(error, t).message);
      }
    },
  };
}
