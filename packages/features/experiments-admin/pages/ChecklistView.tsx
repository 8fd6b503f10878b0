"use client";

import { ExperimentChecklist } from "@calcom/features/experiments/components/ExperimentChecklist";
import type { ChecklistItem } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
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
  return (
    <ExperimentChecklist
      items={items}
      onAdd={(text) => take(checklist.add.mutate({ text }))}
      onRemove={(itemId) => take(checklist.remove.mutate({ itemId }))}
    />
  );
}
