import type { CompiledExperiment } from "../utils/compile";
import type { FlagSaying } from "../utils/former-flag";
import type { FlagRowsRepository } from "./flag-rows.repository";
import type { Identity } from "./identity";
import { type DecisionRequest, findUnitId } from "./subject";

/** Finds what rows of flags say, in the order of the requests, where a decision may rest on them. */
export async function findSayings(
  flagRows: Pick<FlagRowsRepository, "find">,
  identity: Identity,
  requests: DecisionRequest[],
  experiments: (CompiledExperiment | null)[],
): Promise<(FlagSaying | null)[]> {
  const sayings: (FlagSaying | null)[] = requests.map(() => null);
  const asked = requests.flatMap((request, index) => {
    const experiment = experiments[index] ?? null;
    if (!restsOnRows(experiment, identity, request)) return [];
    const { slug, teamId, foreignTeamId } = request;
    return [{ index, slug, userId: identity.userId, teamId: teamId ?? foreignTeamId ?? null }];
  });
  if (asked.length === 0) return sayings;
  const found = await flagRows.find(asked);
  asked.forEach(({ index }, position) => {
    sayings[index] = found[position] ?? null;
  });
  return sayings;
}

/** Where a flag answers, no row is looked at. */
export function withoutAnsweringFlag(experiment: CompiledExperiment | null): CompiledExperiment | null {
  return experiment?.flag?.answers ? null : experiment;
}

/** Whether the database has to be asked, though the experiment itself needs no row. */
export function isHeldByFlag(experiment: CompiledExperiment): boolean {
  return experiment.flag !== null && (experiment.flag.answers || experiment.isLive);
}

function restsOnRows(
  experiment: CompiledExperiment | null,
  identity: Identity,
  request: DecisionRequest,
): experiment is CompiledExperiment {
  if (experiment === null || !isHeldByFlag(experiment)) return false;
  if (identity.userId === null && request.teamId === undefined) return false;
  if (experiment.flag?.answers || findUnitId(experiment.unit, identity, request) === null) return true;
  return experiment.unit === "team" && identity.userId !== null;
}
