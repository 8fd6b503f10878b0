"use client";

import { ExperimentActivity } from "@calcom/features/experiments/components/ExperimentActivity";
import { experimentPaths } from "./paths";
import { useActivity } from "./useActivity";

export function ActivityView() {
  return <ExperimentActivity {...useActivity({})} hrefOf={experimentPaths.detail} />;
}
