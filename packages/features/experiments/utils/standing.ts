import type { ExperimentConfig } from "../types/config";
import type { Standing } from "./lifecycle";

export function standingOf({
  status,
  convertedFrom,
}: Pick<ExperimentConfig, "status" | "convertedFrom">): Required<Standing> {
  return { status, isConverted: convertedFrom !== null, isTurnedOff: convertedFrom?.isTurnedOff ?? false };
}
