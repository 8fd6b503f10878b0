"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { ItemCheck } from "../../types/checklist";
import type { Forecast, PlanQuestion } from "../../types/planning";
import type { StartChecklist } from "../../utils/checklist";

/** What forms and dialogs ask about the time to come; the application speaks to the server. Each rejects with a sentence. */
export interface PlanningPort {
  /** False where the application has no pages that show a variant: then nobody is asked to look at them. */
  hasPreviews?: boolean;
  forecast(question: PlanQuestion): Promise<Forecast>;
  /** With a primary metric that is to be chosen along with the start, or as it is. */
  startChecklist(slug: string, primaryMetric: string | null): Promise<StartChecklist>;
  /** Records that the reader has checked an item of the team's, or takes that back. */
  checkItem(change: { slug: string; itemId: string; isChecked: boolean }): Promise<ItemCheck[]>;
}

const PlanningPortContext = createContext<PlanningPort | null>(null);

export function PlanningPortProvider({ port, children }: { port: PlanningPort; children: ReactNode }) {
  return <PlanningPortContext.Provider value={port}>{children}</PlanningPortContext.Provider>;
}

export function usePlanningPort(): PlanningPort | null {
  return useContext(PlanningPortContext);
}
