import "server-only";
import { env } from "@calcom/lib/env";

/** For every cookie of ours: out of reach for other sites, and as secure as the address that people open. */
export function cookieOptions() {
  return { sameSite: "lax", secure: env().NEXTAUTH_URL.startsWith("https:"), path: "/" } as const;
}
