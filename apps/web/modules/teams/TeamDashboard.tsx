"use client";

import { useExperiment } from "@calcom/features/experiments/hooks";
import { useTeam } from "@calcom/lib/hooks/useTeam";
import { DashboardSkeleton } from "./DashboardSkeleton";
import { GridDashboard } from "./GridDashboard";
import { ListDashboard } from "./ListDashboard";

export function TeamDashboard() {
  const team = useTeam();
  const { variant, isLoading } = useExperiment("dashboard-layout-v2", {
    teamId: team.id,
  });

  if (isLoading) {
    return <DashboardSkeleton />;
  }

  if (variant === "grid") {
    return <GridDashboard />;
  }

  return <ListDashboard />;
}
