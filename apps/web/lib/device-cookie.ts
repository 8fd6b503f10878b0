import "server-only";
import { env } from "@calcom/lib/env";
import { cookies } from "next/headers";
import { cookieOptions } from "./cookie-options";

/** By it a browser is known for the accounts that have signed in here. It opens none of them. */
const MAX_AGE_SECONDS = 365 * 24 * 60 * 60;

export async function readDeviceCookie(): Promise<string | undefined> {
  return (await cookies()).get(nameOf())?.value;
}

/** For route handlers and actions. */
export async function keepDeviceCookie(value: string): Promise<void> {
  (await cookies()).set(nameOf(), value, { ...cookieOptions(), httpOnly: true, maxAge: MAX_AGE_SECONDS });
}

/** With the prefix a browser takes it from this very host alone, and over https. */
function nameOf(): string {
  return env().NEXTAUTH_URL.startsWith("https:") ? "__Host-cal_device" : "cal_device";
}
