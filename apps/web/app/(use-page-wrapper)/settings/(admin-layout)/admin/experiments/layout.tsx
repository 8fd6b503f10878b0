import { ExperimentPermissions } from "@calcom/features/experiments/components/ExperimentPermissions";
import { permissionsOf } from "@calcom/features/experiments/server";
import { PlanningPorts } from "@calcom/features/experiments-admin/pages/PlanningPorts";
import type { ReactNode } from "react";
import { getExperimentRole } from "@/lib/require-experiments";
import { getCurrentUser } from "@/lib/session";
import { AdminHost } from "@/modules/experiments/admin/AdminHost";

/** Tells the pages which buttons would be refused; refusing is the pages' and the services' own work. */
export default async function ExperimentsLayout({ children }: { children: ReactNode }) {
  const user = await getCurrentUser();
  const role = user && (await getExperimentRole(user.id));
  const permissions = user && role ? permissionsOf(role, user.role === "ADMIN") : [];
  return (
    <ExperimentPermissions permissions={permissions}>
      <AdminHost>
        <PlanningPorts>{children}</PlanningPorts>
      </AdminHost>
    </ExperimentPermissions>
  );
}
