import "server-only";
import type { AuthUser } from "@calcom/features/auth";
import { redirect } from "next/navigation";
import { loginPath } from "./own-path";
import { getCurrentUser } from "./session";

/** Call it in pages: people who are not signed in are sent to the login, and from there back to `path`. */
export async function requireUserPage(path: string): Promise<AuthUser> {
  return (await getCurrentUser()) ?? redirect(loginPath(path));
}
