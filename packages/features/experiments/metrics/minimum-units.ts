import type { Unit } from "../types/settings";

/** Teams are few in any product: from here on the t distribution holds. */
const MINIMUM_TEAMS = 30;

/** What the engine is told of the fewest units of a variant; nothing where its own minimum holds. */
export function chooseMinimumUnits({ unit }: { unit: Unit }): { minimumUnits?: number } {
  return unit === "team" ? { minimumUnits: MINIMUM_TEAMS } : {};
}
