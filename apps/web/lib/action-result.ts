import "server-only";
import { retryAfterOf } from "@calcom/lib/errors";
import { asForeseen } from "@calcom/lib/foreseen";
import { logger } from "@calcom/lib/logger";
import { say } from "@calcom/lib/sentence";
import { unstable_rethrow } from "next/navigation";
import { getServerTranslation } from "./i18n-server";

export type ActionResult = { ok: true } | Refused;

interface Refused {
  ok: false;
  code: string;
  field: string | null;
  message: string;
  /** Set where a limit refused the call: the number of seconds after which to try again. */
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
    const foreseen = asForeseen(error);
    if (foreseen !== null) {
      if (foreseen.kind === "unavailable") logger.warn("A server action was not carried out", { error });
      const retryAfterSeconds = retryAfterOf(foreseen);
      const { code, field = null } = foreseen;
      const refused = { ok: false, code, field, message: say(t, foreseen) } as const;
      return retryAfterSeconds === null ? refused : { ...refused, retryAfterSeconds };
    }
    logger.error("A server action failed", { error });
    return { ok: false, code: "internal", field: null, message: t("internal_error") };
  }
}
