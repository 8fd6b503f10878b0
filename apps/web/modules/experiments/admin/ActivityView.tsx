"use client";

import { ExperimentActivity } from "@calcom/features/experiments/components/ExperimentActivity";
import { FormPorts } from "./FormPorts";
import { experimentPaths } from "./paths";
import { useActivity } from "./useActivity";

export function ActivityView() {
  const activity = useActivity({});
  return (
    <FormPorts>
      <ExperimentActivity {...activity} hrefOf={experimentPaths.detail} />
    </FormPorts>
  );
}
