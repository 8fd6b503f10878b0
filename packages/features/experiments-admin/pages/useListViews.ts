"use client";

import { type ExperimentListQuery, type SavedView, toFilter } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { toast, withUndo } from "@calcom/ui";
import { adminApi, useAdminUtils } from "../api/hooks";
import { commandRefusal } from "./api-refusal";

/** The views that the person keeps. Each change answers all of them. */
export function useListViews(first: SavedView[], query: ExperimentListQuery) {
  const { t } = useLocale();
  const utils = useAdminUtils();
  const api = utils.client.views;
  const { list } = utils.cache.views;
  const { data: saved } = adminApi.views.list.useQuery(undefined, {
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
