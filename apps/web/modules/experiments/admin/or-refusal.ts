import { isMendable } from "@calcom/features/experiments-admin/pages/person-query";
import { isAppError } from "@calcom/lib/errors";

/** The answer, or what somebody can ask differently, or later, in the words of `tell`. */
export async function orRefusal<Answer extends object>(
  asked: Promise<Answer>,
  tell: (refusal: Error) => Promise<string>,
): Promise<Answer | { refusal: string }> {
  try {
    return await asked;
  } catch (error) {
    if (!isAppError(error) || !isMendable(error.code)) throw error;
    return { refusal: await tell(error) };
  }
}
