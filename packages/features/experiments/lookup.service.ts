import type { Assignment, AssignmentsRepository, FoundAssignment } from "./assignments.repository";
import { ExperimentError } from "./errors";
import type { ConfigCache } from "./lib/server/config-cache";
import type { Identity } from "./lib/server/identity";
import { type DecisionRequest, isRowId, unitIdFor } from "./lib/server/subject";
import type { MembershipsRepository } from "./memberships.repository";
import type { Claims } from "./types";
import type { CompiledExperiment } from "./utils/compile";

export interface LookupParts {
  configs: Pick<ConfigCache, "getMany" | "all" | "stamp">;
  assignments: Pick<AssignmentsRepository, "find">;
  memberships: MembershipsRepository;
}

/** What a call needs to know before anything is decided or recorded: the experiments, whose it is, and their rows. */
export class LookupService {
  readonly #parts: LookupParts;
  #declared: { stamp: string; byEvent: ReadonlyMap<string, CompiledExperiment[]> } | null = null;

  constructor(parts: LookupParts) {
    this.#parts = parts;
  }

  /** In the order of the requests. A draft is nobody's business: only a preview tells it from a slug that does not exist. */
  async experimentsOf(
    requests: { slug: string }[],
    isPreviewed: (slug: string) => boolean = () => false,
  ): Promise<(CompiledExperiment | null)[]> {
    const experiments = await this.#parts.configs.getMany(requests.map(({ slug }) => slug));
    return experiments.map((experiment) =>
      experiment?.status === "draft" && !isPreviewed(experiment.slug) ? null : experiment,
    );
  }

  /** The experiments that have begun, are not over, and declare a client event. */
  async declaring(event: string): Promise<CompiledExperiment[]> {
    const stamp = await this.#parts.configs.stamp();
    if (this.#declared?.stamp !== stamp)
      this.#declared = { stamp, byEvent: byClientEvent(await this.#parts.configs.all()) };
    return this.#declared.byEvent.get(event) ?? [];
  }

  /**
   * The identity comes from the server; what a call says about it may only repeat it.
   *
   * @throws ExperimentError `claim_refused`
   */
  async checkClaims(identity: Identity, requests: Claims[]): Promise<void> {
    const teamIds = new Set<number>();
    for (const { userId, visitorId, teamId } of requests) {
      if (userId !== undefined && userId !== identity.userId) throw refusedClaim("user");
      if (visitorId !== undefined && visitorId !== identity.visitorId) throw refusedClaim("visitor");
      if (teamId !== undefined) teamIds.add(teamId);
    }
    if (teamIds.size === 0) return;
    // Neither may an impossible id fail in the database, where a foreign one is refused.
    if (identity.userId === null || ![...teamIds].every(isRowId)) throw refusedClaim("team");
    const isMemberOf = await this.#parts.memberships.find(identity.userId, [...teamIds]);
    if ([...teamIds].some((teamId) => !isMemberOf.has(teamId))) throw refusedClaim("team");
  }

  /** The row that speaks for each request's subject, in the order of the requests. */
  async findStored(
    identity: Identity,
    requests: DecisionRequest[],
    experiments: (CompiledExperiment | null)[],
  ): Promise<(Assignment | null)[]> {
    const asked = requests.flatMap((request, index) => {
      const experiment = experiments[index];
      const unitId = experiment ? unitIdFor(experiment.unit, identity, request) : null;
      if (!experiment || unitId === null || identity.isBot || !identity.hasConsent) return [];
      return [
        { index, key: { slug: experiment.slug, unit: experiment.unit, unitId, personId: identity.userId } },
      ];
    });
    const found = await this.#parts.assignments.find(asked.map(({ key }) => key));
    const stored: (Assignment | null)[] = requests.map(() => null);
    asked.forEach(({ index, key }, position) => {
      stored[index] = earliest(found[position] ?? [], key.unitId);
    });
    return stored;
  }
}

function byClientEvent(experiments: CompiledExperiment[]): Map<string, CompiledExperiment[]> {
  const byEvent = new Map<string, CompiledExperiment[]>();
  for (const experiment of experiments.filter(isUnderWay))
    for (const event of experiment.clientEvents)
      byEvent.set(event, [...(byEvent.get(event) ?? []), experiment]);
  return byEvent;
}

/** Also while it is turned off: who was in it stays in it, and it may be turned on again. */
function isUnderWay({ isLive, status }: CompiledExperiment): boolean {
  return isLive || status === "off";
}

/** A person with several browsers keeps what was seen first; before anything was seen, this browser's row. */
function earliest(rows: FoundAssignment[], ownUnitId: string): FoundAssignment | null {
  const [first] = rows.filter(({ exposedAt }) => exposedAt !== null).sort(byFirstSeen);
  return first ?? rows.find(({ unitId }) => unitId === ownUnitId) ?? rows.sort(byFirstSeen)[0] ?? null;
}

/** As the recount has it. Rows of one statement share their times, and every browser must find the same one first. */
function byFirstSeen(a: FoundAssignment, b: FoundAssignment): number {
  return (
    Number(a.exposedAt) - Number(b.exposedAt) ||
    Number(a.assignedAt) - Number(b.assignedAt) ||
    (a.id < b.id ? -1 : 1)
  );
}

function refusedClaim(what: "user" | "team" | "visitor"): ExperimentError {
  const sentences = {
    user: "The user of a call is the one who is signed in: leave userId out, or name that user.",
    team: "You are not a member of that team, or not signed in.",
    visitor: "The visitor of a call is the one of its own cookie: leave visitorId out.",
  };
  return new ExperimentError("claim_refused", sentences[what], { field: `${what}Id` });
}
