import { sentence } from "@calcom/lib/sentence";
import type { ExperimentsRepository } from "../experiments.repository";
import type { ExperimentConfig } from "../types/config";
import { ExperimentError } from "../types/errors";
import { forUnit } from "../utils/refusals";

/**
 * Refuses an exclusion group in which experiments of another unit are: they share no subject that could be kept out.
 *
 * @throws ExperimentError `invalid_config`
 */
export async function refuseMixedGroups(
  experiments: Pick<ExperimentsRepository, "findUnitsInGroups">,
  slug: string,
  { exclusionGroups, unit }: Pick<ExperimentConfig, "exclusionGroups" | "unit">,
): Promise<void> {
  if (exclusionGroups.length === 0) return;
  const names = exclusionGroups.map(({ name }) => name);
  const others = await experiments.findUnitsInGroups(names, slug);
  const other = others.find((member) => member.unit !== unit);
  if (other)
    throw new ExperimentError(
      "invalid_config",
      sentence(
        "The group {{group}} contains experiments {{theirs}} ({{slug}}). An experiment {{ours}} can’t be added to it.",
        {
          group: other.group,
          theirs: forUnit[other.unit],
          slug: other.slug,
          ours: forUnit[unit],
        },
      ),
      { field: "exclusionGroups" },
    );
}
