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

/** Somebody's role for experiments as the database has it now; read once per request. */
export const getExperimentRole = cache(
  (userId: number): Promise<ExperimentRole | null> => experimentsAdmin().roleOf({ userId }),
);

/**
 * For each page of the experiments, since a layout is not rendered again on soft navigation: anonymous visitors go to
 * the login, and whoever lacks the permission gets a 403.
 */
export async function requireExperimentsPage(
  path: string,
  permission: Permission = "view",
): Promise<{ user: AuthUser; permissions: Permission[] }> {
  const user = await requireUserPage(path);
  const role = await getExperimentRole(user.id);
  const permissions = role === null ? [] : permissionsOf(role);
  if (!permissions.includes(permission)) forbidden();
  return { user, permissions };
}
