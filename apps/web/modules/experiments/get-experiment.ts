import "server-only";
import type { ExperimentAnswer, ExperimentSlug } from "@calcom/features/experiments";
import { experiments, type NamedSubject } from "@calcom/features/experiments/server";
import { getIdentity } from "@/lib/identity";

export interface GetExperimentOptions {
  /** The team that an experiment of teams is decided for; its membership is checked. */
  team?: number;
  /** Names the subject where there is no session: in jobs, mails and webhooks. Never take it from a request. */
  subject?: NamedSubject;
}

/**
 * Decides one experiment in server code: components, route handlers, server actions, and jobs with a `subject`.
 * Deciding is not seeing: call `experiments().recordExposures` (or `exposeFor`) where the variant takes effect.
 *
 * @throws ExperimentError `claim_refused` where the caller is not a member of `team`
 */
export async function getExperiment(
  slug: ExperimentSlug,
  { team, subject }: GetExperimentOptions = {},
): Promise<ExperimentAnswer> {
  const answers = subject
    ? await experiments().decideFor(subject, [slug])
    : await experiments().decide(await getIdentity(), [{ slug, teamId: team }]);
  const [answer] = answers;
  if (answer === undefined) throw new Error(`No answer for ${slug}.`);
  return answer;
}
