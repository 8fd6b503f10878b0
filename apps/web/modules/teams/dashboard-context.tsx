"use client";

import type { TeamDashboardData } from "@calcom/features/teams";
import { createContext, type ReactNode, use } from "react";

const DashboardContext = createContext<TeamDashboardData | null>(null);

/** Hands what the server has loaded to whichever layout the experiment shows. */
export function DashboardProvider({ data, children }: { data: TeamDashboardData; children: ReactNode }) {
  return <DashboardContext value={data}>{children}</DashboardContext>;
}

export function useDashboard(): TeamDashboardData {
  const data = use(DashboardContext);
  if (!data) throw new Error("useDashboard must be called under a DashboardProvider.");
  return data;
}
