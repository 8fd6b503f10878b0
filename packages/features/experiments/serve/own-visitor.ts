import type { ExperimentAnswer } from "../types/answers";
import type { Identity } from "./identity";

/**
 * Whether the browser has to get another visitor: answers say that its visitor is none of the person who is signed in,
 * so it is somebody else's.
 */
export function needsOwnVisitor(
  { userId, visitorId }: Pick<Identity, "userId" | "visitorId">,
  answers: readonly Pick<ExperimentAnswer, "unit" | "reason">[],
): boolean {
  if (userId === null || visitorId === null) return false;
  return answers.some(({ unit, reason }) => unit === "visitor" && reason === "no_unit");
}
