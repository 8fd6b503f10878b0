import { ExperimentPermissions } from "@calcom/features/experiments/components/ExperimentPermissions";
import { permissionsOf } from "@calcom/features/experiments/server";
import type { ReactNode } from "react";
import { getExperimentRole } from "@/lib/require-experiments";
import { getCurrentUser } from "@/lib/session";
import { PlanningPorts } from "@/modules/experiments/admin/PlanningPorts";

/** Tells the pages which buttons would be refused; refusing is the pages' and the services' own work. */
export default async function ExperimentsLayout({ children }: { children: ReactNode }) {
  const user = await getCurrentUser();
  const role = user && (await getExperimentRole(user.id));
  const permissions = user && role ? permissionsOf(role, user.role === "ADMIN") : [];
  return (
    <ExperimentPermissions permissions={permissions}>
      <PlanningPorts>{children}</PlanningPorts>
    </ExperimentPermissions>
  );
}
