import "server-only";
import { cookies } from "next/headers";
import { ownCookies, readValue, replaceCookie } from "./own-cookies";

export async function readDeviceCookie(): Promise<string | undefined> {
  return readValue(await cookies(), ownCookies.device);
}

/** For route handlers and actions. */
export async function keepDeviceCookie(value: string): Promise<void> {
  replaceCookie(await cookies(), ownCookies.device, value);
}
