import "server-only";
import { type ExperimentAnswer, type ExperimentSlug, unservedAnswer } from "@calcom/features/experiments";
import { SeenVariant } from "@calcom/features/experiments/components/SeenVariant";
import { shownNode, type VariantNodes } from "@calcom/features/experiments/components/variant-shown";
import { isAppError } from "@calcom/lib/errors";
import { getExperiment } from "./get-experiment";

export type ExperimentProps<S extends ExperimentSlug> = VariantNodes<S> & {
  slug: S;
  /** The team that an experiment of teams is decided for. */
  team?: number;
  /** With "visible" the variant counts as seen when half of it is in the window, instead of once it is mounted. */
  exposeWhen?: "visible";
};

/**
 * Shows the variant that the person is in, and counts that they saw it: for server components, in which no provider is
 * needed and only one variant is rendered and sent. Reads cookies; static pages take that of the features package.
 */
export async function Experiment<S extends ExperimentSlug>({
  slug,
  team,
  exposeWhen,
  variants,
  fallback,
}: ExperimentProps<S>) {
  const answer = await answerFor(slug, team);
  return (
    <SeenVariant answer={answer} exposeWhen={exposeWhen}>
      {shownNode(variants, answer.variant, fallback)}
    </SeenVariant>
  );
}

/** A foreign team shows control, as it does in the hooks. */
async function answerFor(slug: ExperimentSlug, team: number | undefined): Promise<ExperimentAnswer> {
  try {
    return await getExperiment(slug, { team });
  } catch (error) {
    if (isAppError(error) && error.code === "claim_refused") return unservedAnswer(slug, "no_unit");
    throw error;
  }
}
