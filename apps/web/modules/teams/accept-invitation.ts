"use server";

import { teams } from "@calcom/features/teams/server";
import { isAppError } from "@calcom/lib/errors";
import { say } from "@calcom/lib/sentence";
import { revalidatePath } from "next/cache";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireUserPage } from "@/lib/require-user";

/** Null where it was accepted, else what to say. */
export async function acceptInvitation(teamId: unknown): Promise<string | null> {
  const user = await requireUserPage("/teams");
  try {
    await teams().acceptInvitation(user.id, teamId);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return say((await getServerTranslation()).t, error);
  } finally {
    // The header names the teams.
    revalidatePath("/", "layout");
  }
  return null;
}
