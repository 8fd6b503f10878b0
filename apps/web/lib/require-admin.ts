import "server-only";
import type { AuthUser } from "@calcom/features/auth";
import { forbidden } from "next/navigation";
import { requireUserPage } from "./require-user";

/**
 * Call it in every page of the administration: a layout is not rendered again on soft navigation. The role is read from
 * the database. Anonymous visitors are sent to the login, and everybody but an administrator gets a 403.
 */
export async function requireAdminPage(path: string): Promise<AuthUser> {
  const user = await requireUserPage(path);
  if (user.role !== "ADMIN") forbidden();
  return user;
}
