import { isAppError } from "@calcom/lib/errors";

/** What somebody can mend by asking differently, or later: a state of the page, whose form stays, and no failure of it. */
const MENDABLE: ReadonlySet<string> = new Set(["not_found", "invalid_id", "rate_limited"]);

/** The answer, or the refusal in the words of `tell`. */
export async function orRefusal<Answer extends object>(
  asked: Promise<Answer>,
  tell: (refusal: Error) => Promise<string>,
): Promise<Answer | { refusal: string }> {
  try {
    return await asked;
  } catch (error) {
    if (!isAppError(error) || !MENDABLE.has(error.code)) throw error;
    return { refusal: await tell(error) };
  }
}
