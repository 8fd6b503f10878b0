import { randomUUID } from "node:crypto";
import { findDocumentProblem } from "@calcom/lib/gate/document";
import { type Sentence, sentence } from "@calcom/lib/sentence";
import type { ExperimentConfig } from "../types/config";
import { slugSchema } from "../types/names";
import { newConfig } from "../utils/new-config";
import type { FlagToMigrate } from "./flag-migration.repository";
import type { ConvertibleUnit } from "./flag-selection-sql";

const CONTROL = "control";
const TREATMENT = "treatment";

/** What those whom a flag had on or off are shown from then on. */
export const KEPT_VARIANTS = { on: TREATMENT, off: CONTROL };

/** Why the flag cannot be converted; null if it can. */
export function findObstacle({ slug, type, enabled, metadata }: FlagToMigrate): Sentence | null {
  if (type === "EXPERIMENT") return sentence("{{slug}} is already an experiment.", { slug });
  if (enabled)
    return sentence(
      "{{slug}} is on for everyone, so there is no one to compare with. Turn it off first: the code then shows control.",
      { slug },
    );
  // The draft keeps it, and would be damaged by what no document may hold.
  const problem = metadata === null ? null : findDocumentProblem(metadata);
  if (problem !== null)
    return sentence("The metadata of {{slug}} can’t be kept with an experiment: {{why}}", {
      slug,
      why: problem.sentence,
    });
  const { error } = slugSchema.safeParse(slug);
  return error === undefined
    ? null
    : sentence("{{slug}} can’t be an experiment’s slug: {{why}}", {
        slug,
        why: sentence(error.issues[0]?.message ?? ""),
      });
}

/** The experiment that a flag becomes, if nothing stands in its way. */
export function draftFrom(
  { slug, type, metadata }: FlagToMigrate,
  unit: ConvertibleUnit,
  ownerId: number,
): ExperimentConfig & { unit: ConvertibleUnit } {
  const config = newConfig({
    name: slug,
    variants: [
      { name: CONTROL, percentage: 50 },
      { name: TREATMENT, percentage: 50 },
    ],
    control: CONTROL,
    salt: randomUUID(),
    ownerId,
    // `findObstacle` has refused experiments already.
    convertedFrom: type === "EXPERIMENT" ? null : { type, metadata },
  });
  return { ...config, unit };
}
