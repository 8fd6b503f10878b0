import "server-only";
import {
  type ExperimentAnswer,
  type ExperimentSlug,
  isFetchedAhead,
  unservedAnswer,
} from "@calcom/features/experiments";
import { type DecisionRequest, experiments, type NamedSubject } from "@calcom/features/experiments/server";
import { isAppError } from "@calcom/lib/errors";
import { logger } from "@calcom/lib/logger";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { getIdentity } from "@/lib/identity";

export interface GetExperimentOptions {
  /** The team that an experiment of teams is decided for; its membership is checked. */
  team?: number;
  /** Names the subject where there is no session: in jobs, mails and webhooks. Never take it from a request. */
  subject?: NamedSubject;
}

/**
 * Decides one experiment in server code: components, route handlers, server actions, and jobs with a `subject`.
 * A render that may never be looked at stores nothing, and gets the variant that would be stored. Deciding is not
 * seeing: call `experiments().recordExposures` (or `exposeFor`) where the variant takes effect.
 *
 * Where nothing can be decided the answer is control: no page and no order fails by an experiment.
 *
 * @throws ExperimentError `claim_refused` where the caller is not a member of `team`
 */
export async function getExperiment(
  slug: ExperimentSlug,
  { team, subject }: GetExperimentOptions = {},
): Promise<ExperimentAnswer> {
  try {
    const [answer] = subject
      ? await experiments().decideFor(subject, [slug])
      : await decideForRequest({ slug, teamId: team });
    return answer ?? unservedAnswer(slug, "unavailable");
  } catch (error) {
    unstable_rethrow(error);
    if (isAppError(error)) throw error;
    logger.error("Server code gets control: its experiment was not decided", { slug, team, error });
    return unservedAnswer(slug, "unavailable");
  }
}

async function decideForRequest(request: DecisionRequest): Promise<(ExperimentAnswer | null)[]> {
  const [identity, given] = await Promise.all([getIdentity(), headers()]);
  return isFetchedAhead(given)
    ? experiments().foresee(identity, [request])
    : experiments().decide(identity, [request]);
}
