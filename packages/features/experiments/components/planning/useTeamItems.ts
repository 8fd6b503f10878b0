"use client";

import { useState } from "react";
import type { ItemCheck } from "../../types/checklist";
import type { StartChecklist } from "../../utils/checklist";
import type { Settled } from "../form/targeting/use-settled";
import { usePlanningPort } from "./planning-port";

export interface TeamItems {
  items: readonly ItemCheck[];
  check: (itemId: string, isChecked: boolean) => Promise<void>;
  /** Why the last check was not saved. */
  failure: string | null;
}

/** The team's own items for one experiment: as they were asked for, and then as they are checked here. */
export function useTeamItems(slug: string, asked: Settled<StartChecklist | null>): TeamItems {
  const port = usePlanningPort();
  const [changed, setChanged] = useState<readonly ItemCheck[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const items = changed ?? (asked.status === "done" ? (asked.value?.items ?? []) : []);
  return {
    items,
    failure,
    async check(itemId, isChecked) {
      try {
        setFailure(null);
        setChanged((await port?.checkItem({ slug, itemId, isChecked })) ?? null);
      } catch (error) {
        setFailure(error instanceof Error ? error.message : String(error));
      }
    },
  };
}
