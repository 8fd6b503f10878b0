import { isMendable } from "@calcom/features/experiments-admin/pages/person-query";
import { isAppError } from "@calcom/lib/errors";

/** The answer. If the reader can fix the request, or try it again later, the sentence of `tell` instead of an error. */
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
