import "server-only";
import { isAppError } from "@calcom/lib/errors";
import { logger } from "@calcom/lib/logger";
import { say } from "@calcom/lib/sentence";
import { unstable_rethrow } from "next/navigation";
import { getServerTranslation } from "./i18n-server";

export type ActionResult = { ok: true } | { ok: false; code: string; field: string | null; message: string };

/**
 * The outcome of a server action. A foreseen failure is returned with its field; anything else is logged and hidden.
 */
export async function answer(action: () => Promise<void>): Promise<ActionResult> {
  try {
    await action();
    return { ok: true };
  } catch (error) {
    unstable_rethrow(error);
    const { t } = await getServerTranslation();
    if (isAppError(error)) {
      return { ok: false, code: error.code, field: error.field ?? null, message: say(t, error) };
    }
    logger.error("A server action failed", { error });
    return { ok: false, code: "internal", field: null, message: t("internal_error") };
  }
}
