"use server";

import type { ResetInput, ResetRequestInput } from "@calcom/features/auth";
import { knownDevice, passwords } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { headers } from "next/headers";
import { type ActionResult, answer } from "@/lib/action-result";
import { clientOf } from "@/lib/client-address";
import { keepDeviceCookie, readDeviceCookie } from "@/lib/device-cookie";
import { getServerTranslation } from "@/lib/i18n-server";

/** The same answer, and as soon, whether somebody has the address or nobody has. */
export async function requestReset(input: ResetRequestInput): Promise<ActionResult> {
  return answer(async () => {
    const { t } = await getServerTranslation();
    const client = clientOf(await headers(), env().TRUSTED_PROXIES);
    passwords().requestReset(input, client, (link) => ({
      subject: t("reset_mail_subject"),
      text: t("reset_mail_text", { link }),
    }));
  });
}

export async function resetPassword(input: ResetInput): Promise<ActionResult> {
  return answer(async () => {
    const client = clientOf(await headers(), env().TRUSTED_PROXIES);
    const { email } = await passwords().reset(input, client);
    // Whoever has the mailbox signs in at once, whatever others guess meanwhile.
    await keepDeviceCookie(knownDevice(email, await readDeviceCookie()));
  });
}
