"use client";

import { ExperimentActivity } from "@calcom/features/experiments/components/ExperimentActivity";
import { usePaths } from "../api/host";
import { FormPorts } from "./FormPorts";
import { useActivity } from "./useActivity";

export function ActivityView() {
  const paths = usePaths();
  const activity = useActivity({});
  return (
    <FormPorts>
      <ExperimentActivity {...activity} hrefOf={paths.detail} metricHrefOf={paths.metric} />
    </FormPorts>
  );
}
