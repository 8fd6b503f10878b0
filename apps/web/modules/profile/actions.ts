"use server";

import type { ProfileInput } from "@calcom/features/auth";
import { AuthError, auth } from "@calcom/features/auth/server";
import { type ActionResult, answer } from "@/lib/action-result";
import { t } from "@/lib/i18n";
import { getCurrentUser } from "@/lib/session";

export async function updateProfile(input: ProfileInput): Promise<ActionResult> {
  return answer(async () => {
    const user = await getCurrentUser();
    if (user === null) throw new AuthError("not_signed_in", t("session_has_ended"));
    await auth().updateProfile(user.id, input);
  });
}
