import { ExperimentError } from "../types/errors";
import type { HostId } from "../types/host-id";
import type { Claims } from "../types/reports";
import type { CompiledExperiment } from "../utils/compile";
import { findPreviewed, type Overrides } from "../utils/overrides";
import { isCounted } from "../utils/uncounted";
import type { AskCounter } from "./ask-counter";
import type { Assignment, AssignmentKey, AssignmentsRepository } from "./assignments.repository";
import type { ConfigCache } from "./config/config-cache";
import { findFirstSeen } from "./first-seen";
import type { Identity } from "./identity";
import type { MembershipsRepository } from "./memberships.repository";
import type { RowMemory } from "./row-memory";
import { type DecisionRequest, findUnitId } from "./subject";

export interface LookupParts {
  asks: Pick<AskCounter, "note">;
  configs: Pick<ConfigCache, "getMany" | "all" | "stamp">;
  assignments: Pick<AssignmentsRepository, "find">;
  memberships: MembershipsRepository;
  memory: Pick<RowMemory, "recall" | "begin" | "remember" | "end">;
}

/** Finds what a call needs before anything is decided or recorded: its experiments, its subject and the stored rows. */
export class LookupService {
  readonly #parts: LookupParts;
  #declared: { stamp: string; byEvent: ReadonlyMap<string, CompiledExperiment[]> } | null = null;

  constructor(parts: LookupParts) {
    this.#parts = parts;
  }

  /**
   * Finds experiments in the order of the slugs. Drafts are hidden unless they are previewed: to everybody else they
   * look like slugs that do not exist.
   */
  async findExperiments(
    slugs: string[],
    isPreviewed: (experiment: CompiledExperiment) => boolean = () => false,
    isNoted = true,
  ): Promise<(CompiledExperiment | null)[]> {
    const experiments = await this.#parts.configs.getMany(slugs);
    if (isNoted)
      for (const experiment of experiments) if (experiment !== null) this.#parts.asks.note(experiment.slug);
    return experiments.map((experiment) =>
      experiment?.status === "draft" && !isPreviewed(experiment) ? null : experiment,
    );
  }

  /** Finds the slugs of the experiments that a browser previews. */
  async findPreviewedSlugs(overrides: Overrides, now: number): Promise<string[]> {
    const experiments = await this.#parts.configs.getMany(Object.keys(overrides));
    return experiments.flatMap((experiment) =>
      experiment !== null && findPreviewed(overrides, experiment, now) !== null ? [experiment.slug] : [],
    );
  }

  /** Finds the experiments that have begun, are not over, and declare this client event. */
  async findDeclaring(event: string): Promise<CompiledExperiment[]> {
    const stamp = await this.#parts.configs.stamp();
    if (this.#declared?.stamp !== stamp)
      this.#declared = { stamp, byEvent: indexByClientEvent(await this.#parts.configs.all()) };
    return this.#declared.byEvent.get(event) ?? [];
  }

  /**
   * Checks what a call says about its subject. The identity comes from the server, and a claim may only repeat it.
   *
   * @throws ExperimentError `claim_refused`
   */
  async checkClaims(identity: Identity, requests: Claims[]): Promise<void> {
    const teamIds = new Set<HostId>();
    for (const { userId, visitorId, teamId } of requests) {
      if (userId !== undefined && userId !== identity.userId) throw refuseClaim("user");
      if (visitorId !== undefined && visitorId !== identity.visitorId) throw refuseClaim("visitor");
      if (teamId !== undefined) teamIds.add(teamId);
    }
    if (teamIds.size === 0) return;
    if (identity.userId === null) throw refuseClaim("team");
    const isMemberOf = await this.#parts.memberships.find(identity.userId, [...teamIds]);
    if ([...teamIds].some((teamId) => !isMemberOf.has(teamId))) throw refuseClaim("team");
  }

  /**
   * Finds the row that represents each request's subject, in the order of the requests. What this node knows for good is
   * not read again. The same statement says whose the browser is: whoever signs in with somebody else's is not that
   * person, and has no visitor. So nobody is taken for the first person because only that question failed.
   */
  async findStored(
    identity: Identity,
    requests: DecisionRequest[],
    experiments: (CompiledExperiment | null)[],
  ): Promise<FoundRows> {
    const { memory } = this.#parts;
    const stored: (Assignment | null)[] = requests.map(() => null);
    const asked = requests.flatMap((request, index) => {
      const experiment = experiments[index];
      const unitId = experiment ? findUnitId(experiment.unit, identity, request) : null;
      if (!experiment || unitId === null) return [];
      // What a flag had given is theirs without consent too.
      if (!isCounted(identity) && experiment.flag === null) return [];
      const key = { slug: experiment.slug, unit: experiment.unit, unitId, personId: identity.userId };
      stored[index] = memory.recall(key, experiment);
      return stored[index] === null ? [{ index, key, experiment }] : [];
    });
    const isOthers = asked.length > 0 && (await this.#read(asked, stored));
    if (!isOthers) return { identity, stored };
    return {
      identity: { ...identity, visitorId: null },
      stored: stored.map((row) => (row?.unit === "visitor" ? null : row)),
    };
  }

  /** Returns whether the browser is somebody else's. */
  async #read(asked: Asked[], stored: (Assignment | null)[]): Promise<boolean> {
    const { assignments, memory } = this.#parts;
    const reading = memory.begin();
    try {
      const found = await assignments.find(asked.map(({ key }) => key));
      asked.forEach(({ index, key, experiment }, position) => {
        const rows = found[position] ?? null;
        if (rows === null) return;
        const row = findFirstSeen(rows, key.unitId);
        memory.remember(reading, key, experiment, row, rows);
        stored[index] = row;
      });
      return found.includes(null);
    } finally {
      memory.end(reading);
    }
  }
}

export interface FoundRows {
  /** Who asked; without a visitor where the browser is somebody else's. */
  identity: Identity;
  /** In the order of the requests. */
  stored: (Assignment | null)[];
}

/** A row that has to be read, and for which request. */
interface Asked {
  index: number;
  key: AssignmentKey;
  experiment: CompiledExperiment;
}

function indexByClientEvent(experiments: CompiledExperiment[]): Map<string, CompiledExperiment[]> {
  const byEvent = new Map<string, CompiledExperiment[]>();
  for (const experiment of experiments.filter(isUnderWay))
    for (const event of experiment.clientEvents)
      byEvent.set(event, [...(byEvent.get(event) ?? []), experiment]);
  return byEvent;
}

/** Includes experiments that are turned off: their subjects stay in them, and they may be turned on again. */
function isUnderWay({ isLive, status }: CompiledExperiment): boolean {
  return isLive || status === "off";
}

function refuseClaim(what: "user" | "team" | "visitor"): ExperimentError {
  const sentences = {
    user: "The user of a call is the one who is signed in: leave userId out, or name that user.",
    team: "You are not a member of that team, or not signed in.",
    visitor: "The visitor of a call is the one of its own cookie: leave visitorId out.",
  };
  return new ExperimentError("claim_refused", sentences[what], { field: `${what}Id` });
}
