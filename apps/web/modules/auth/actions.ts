"use server";

import type { SignupInput } from "@calcom/features/auth";
import { auth } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { headers } from "next/headers";
import { type ActionResult, answer } from "@/lib/action-result";
import { clientOf } from "@/lib/client-address";

export async function signUp(input: SignupInput): Promise<ActionResult> {
  const client = clientOf(await headers(), env().TRUSTED_PROXIES);
  return answer(async () => {
    await auth().signUp(input, client);
  });
}
