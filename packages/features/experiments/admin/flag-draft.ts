import { randomUUID } from "node:crypto";
import { findDocumentProblem } from "@calcom/lib/gate/document";
import { refusalOf } from "@calcom/lib/issue";
import { type Sentence, sentence } from "@calcom/lib/sentence";
import type { ExperimentConfig } from "../types/config";
import type { HostId } from "../types/host-id";
import { slugSchema } from "../types/names";
import { KEPT_VARIANTS } from "../utils/former-flag";
import { newConfig } from "../utils/new-config";
import type { FlagToMigrate } from "./flag-migration.repository";
import type { ConvertibleUnit } from "./flag-selection-sql";

/** Why the flag cannot be converted; null if it can. */
export function findObstacle({ slug, type, enabled, isRolledOut, metadata }: FlagToMigrate): Sentence | null {
  if (type === "EXPERIMENT") return sentence("{{slug}} is already an experiment.", { slug });
  if (enabled && isRolledOut)
    return sentence(
      "{{slug}} is on for a share of people, and they have already seen it. Turn it off first: the code then shows control.",
      { slug },
    );
  if (enabled)
    return sentence(
      "{{slug}} is on for everyone, so there is no one to compare with. Turn it off first: the code then shows control.",
      { slug },
    );
  // The draft keeps it, and would be damaged by what no document may hold.
  const problem = metadata === null ? null : findDocumentProblem(metadata);
  if (problem !== null)
    return sentence("The metadata of {{slug}} can’t be carried over to an experiment: {{why}}", {
      slug,
      why: problem.sentence,
    });
  const [issue] = slugSchema.safeParse(slug).error?.issues ?? [];
  if (issue === undefined) return null;
  const { message, sentence: why = sentence(message) } = refusalOf(issue);
  return sentence("{{slug}} can’t be used as an experiment slug: {{why}}", { slug, why });
}

/** The experiment that a flag becomes, if nothing stands in its way. */
export function draftFrom(
  { slug, type, metadata }: FlagToMigrate,
  unit: ConvertibleUnit,
  ownerId: HostId,
): ExperimentConfig {
  return newConfig({
    name: slug,
    unit,
    variants: [
      { name: KEPT_VARIANTS.off, percentage: 50 },
      { name: KEPT_VARIANTS.on, percentage: 50 },
    ],
    control: KEPT_VARIANTS.off,
    salt: randomUUID(),
    ownerId,
    // `findObstacle` has refused experiments already.
    convertedFrom: type === "EXPERIMENT" ? null : { type, metadata, isTurnedOff: false },
  });
}
