import "server-only";
import { env } from "@calcom/lib/env";

/**
 * The options of every cookie of ours: other sites cannot send it, and it is as secure as the address that people open.
 */
export function cookieOptions() {
  return { sameSite: "lax", secure: env().NEXTAUTH_URL.startsWith("https:"), path: "/" } as const;
}
