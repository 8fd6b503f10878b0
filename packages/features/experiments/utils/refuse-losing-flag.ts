import { sentence } from "@calcom/lib/sentence";
import type { ExperimentConfig } from "../types/config";
import { ExperimentError } from "../types/errors";
import { KEPT_VARIANTS } from "./former-flag";

/**
 * Refuses what would leave those whom a flag has selected without what they have.
 *
 * @throws ExperimentError `locked_field`, `invalid_config`
 */
export function refuseLosingFlag({ unit, variants }: Pick<ExperimentConfig, "unit" | "variants">): void {
  if (unit === "visitor")
    throw new ExperimentError(
      "invalid_config",
      "This experiment was a flag, and flags are set for users and teams. Choose users or teams as the unit.",
      { field: "unit" },
    );
  for (const kept of Object.values(KEPT_VARIANTS))
    if (!variants.some(({ name }) => name === kept))
      throw new ExperimentError(
        "locked_field",
        sentence(
          "Some people already have {{variant}} from the flag. Set it to 0% instead of removing or renaming it.",
          { variant: kept },
        ),
        { field: "variants" },
      );
}
