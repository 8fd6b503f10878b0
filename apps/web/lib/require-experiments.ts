import "server-only";
import type { AuthUser } from "@calcom/features/auth";
import {
  type ExperimentRole,
  experimentsAdmin,
  type Permission,
  permissionsOf,
} from "@calcom/features/experiments/server";
import { forbidden } from "next/navigation";
import { cache } from "react";
import { requireUserPage } from "./require-user";

/** The role for experiments, as the database has it now; read once per request. */
export const getExperimentRole = cache(
  (userId: number): Promise<ExperimentRole | null> => experimentsAdmin().access.roleOf({ userId }),
);

/**
 * Call it in every page of the experiments: a layout is not rendered again on soft navigation. Anonymous visitors are
 * sent to the login, and people without the permission get a 403.
 */
export async function requireExperimentsPage(
  path: string,
  permission: Permission = "view",
): Promise<{ user: AuthUser; permissions: Permission[] }> {
  const user = await requireUserPage(path);
  const role = await getExperimentRole(user.id);
  const permissions = role === null ? [] : permissionsOf(role, user.role === "ADMIN");
  if (!permissions.includes(permission)) forbidden();
  return { user, permissions };
}
