"use client";

import { ExperimentChecklist } from "@calcom/features/experiments/components/ExperimentChecklist";
import type { ChecklistItem } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { toast, withUndo } from "@calcom/ui";
import { useState } from "react";
import { useAdminUtils } from "../api/hooks";
import { commandRefusal } from "./api-refusal";

export function ChecklistView({ stored }: { stored: ChecklistItem[] }) {
  const { t } = useLocale();
  const { client } = useAdminUtils();
  const [items, setItems] = useState(stored);
  const { checklist } = client;
  /** Why it was not done, or null. */
  async function take(answer: Promise<ChecklistItem[]>): Promise<string | null> {
    try {
      setItems(await answer);
      return null;
    } catch (error) {
      return commandRefusal(error, t).message;
    }
  }
  const add = (text: string) => take(checklist.add.mutate({ text }));
  async function remove(itemId: string): Promise<string | null> {
    const refusal = await take(checklist.remove.mutate({ itemId }));
    const text = items.find(({ id }) => id === itemId)?.text;
    if (refusal === null && text !== undefined)
      toast.success(
        t("checklist_removed", { text }),
        withUndo(t("undo"), () => void restore(text)),
      );
    return refusal;
  }
  async function restore(text: string): Promise<void> {
    const refusal = await add(text);
    if (refusal !== null) toast.error(refusal);
  }
  return <ExperimentChecklist items={items} onAdd={add} onRemove={remove} />;
}
