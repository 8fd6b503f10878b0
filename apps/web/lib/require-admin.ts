import "server-only";
import type { AuthUser } from "@calcom/features/auth";
import { forbidden } from "next/navigation";
import { requireUserPage } from "./require-user";

/**
 * For each page of the administration, since a layout is not rendered again on soft navigation. The role is read from
 * the database: anonymous visitors go to the login, and everybody but an administrator gets a 403.
 */
export async function requireAdminPage(path: string): Promise<AuthUser> {
  const user = await requireUserPage(path);
  if (user.role !== "ADMIN") forbidden();
  return user;
}
