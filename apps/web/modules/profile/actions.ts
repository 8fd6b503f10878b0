"use server";

import type { ProfileInput } from "@calcom/features/auth";
import { AuthError, auth } from "@calcom/features/auth/server";
import { type ActionResult, answer } from "@/lib/action-result";
import { getServerTranslation } from "@/lib/i18n-server";
import { getCurrentUser } from "@/lib/session";

export async function updateProfile(input: ProfileInput): Promise<ActionResult> {
  return answer(async () => {
    const user = await getCurrentUser();
    const { t } = await getServerTranslation();
    if (user === null) throw new AuthError("not_signed_in", t("session_has_ended"));
    await auth().updateProfile(user.id, input);
  });
}
