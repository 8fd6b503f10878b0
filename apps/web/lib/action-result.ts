import "server-only";
import { isAppError, retryAfterOf } from "@calcom/lib/errors";
import { logger } from "@calcom/lib/logger";
import { say } from "@calcom/lib/sentence";
import { isDatabaseAway } from "@calcom/lib/sql";
import { unstable_rethrow } from "next/navigation";
import { getServerTranslation } from "./i18n-server";

export type ActionResult = { ok: true } | Refused;

const AWAY = { message: "The database does not answer: try again in a moment." };

interface Refused {
  ok: false;
  code: string;
  field: string | null;
  message: string;
  /** When a limit that has refused takes somebody again. */
  retryAfterSeconds?: number;
}

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
      const retryAfterSeconds = retryAfterOf(error);
      const { code, field = null } = error;
      const refused = { ok: false, code, field, message: say(t, error) } as const;
      return retryAfterSeconds === null ? refused : { ...refused, retryAfterSeconds };
    }
    if (isDatabaseAway(error)) {
      logger.warn("A server action was not carried out", { error });
      return { ok: false, code: "unavailable", field: null, message: say(t, AWAY) };
    }
    logger.error("A server action failed", { error });
    return { ok: false, code: "internal", field: null, message: t("internal_error") };
  }
}
