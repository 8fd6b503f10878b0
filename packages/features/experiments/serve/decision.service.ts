import { DatabaseUnavailable } from "../sql/database-unavailable";
import { type Facts, NO_FACTS } from "../types/answers";
import type { Claims } from "../types/reports";
import type { Unit } from "../types/settings";
import type { CompiledExperiment } from "../utils/compile";
import { decide, type Surroundings } from "../utils/decide";
import { findPreviewed, type Overrides } from "../utils/overrides";
import { isCounted } from "../utils/uncounted";
import { answerOf, type Decided, unitIdOf, unknownExperiment } from "./answer";
import type { Assignment, AssignmentsRepository } from "./assignments.repository";
import { decidedWithoutDatabase } from "./decided-without-database";
import type { EnrolmentLimiter } from "./enrolment-limiter";
import type { FactsRepository, LoadedFacts } from "./facts.repository";
import type { Identity } from "./identity";
import type { LookupService } from "./lookup.service";
import { type DecisionRequest, subjectOf, unitIdFor } from "./subject";

export interface DecisionParts {
  lookup: LookupService;
  assignments: Pick<AssignmentsRepository, "insert">;
  facts: Pick<FactsRepository, "load">;
  limiter: Pick<EnrolmentLimiter, "admits">;
  clock: () => number;
  random: () => number;
  log: { warn(message: string, facts?: Record<string, unknown>): void };
}

export interface DecisionOptions {
  /** The calling code vouches for the subject: neither claims nor addresses are checked. */
  isVouchedFor?: boolean;
  /** Nothing is written: `allocated` means that a row would be. */
  isDry?: boolean;
}

/** Loads, decides and stores. The answer is always what is stored. */
export class DecisionService {
  readonly #parts: DecisionParts;

  constructor(parts: DecisionParts) {
    this.#parts = parts;
  }

  /**
   * Answers in the order of the requests, with `unavailable` if the database does not answer.
   *
   * @throws ExperimentError `claim_refused`
   */
  async decide(
    identity: Identity,
    requests: DecisionRequest[],
    overrides: Overrides = identity.overrides ?? {},
    options: DecisionOptions = {},
  ): Promise<Decided[]> {
    const surroundings = { now: this.#parts.clock(), random: this.#parts.random };
    let experiments: (CompiledExperiment | null)[] = [];
    try {
      experiments = await this.#parts.lookup.findExperiments(
        requests.map(({ slug }) => slug),
        (experiment) => findPreviewed(overrides, experiment, surroundings.now) !== null,
      );
      if (!options.isVouchedFor) await this.#parts.lookup.checkClaims(identity, requests);
      const decided = await this.#decideStored(
        identity,
        requests,
        experiments,
        overrides,
        surroundings,
        options,
      );
      return options.isDry ? decided : await this.#store(decided);
    } catch (cause) {
      if (!(cause instanceof DatabaseUnavailable)) throw cause;
      this.#parts.log.warn("Experiments are answered with control: the database did not answer.", { cause });
      return requests.map((request, index) =>
        decidedWithoutDatabase(identity, request, experiments[index] ?? null, overrides, surroundings),
      );
    }
  }

  async #decideStored(
    identity: Identity,
    requests: DecisionRequest[],
    experiments: (CompiledExperiment | null)[],
    overrides: Overrides,
    surroundings: Surroundings,
    { isVouchedFor, isDry }: DecisionOptions,
  ): Promise<Decided[]> {
    const stored = await this.#parts.lookup.findStored(identity, requests, experiments);
    const loaded = await this.#loadFacts(identity, requests, experiments, stored);
    const decideOne = (request: DecisionRequest, index: number, isRateLimited: boolean): Decided => {
      const experiment = experiments[index] ?? null;
      if (experiment === null) return unknownExperiment(request.slug);
      const assignment = stored[index] ?? null;
      const facts = factsFor(experiment.unit, request, loaded);
      const subject = subjectOf(identity, request, experiment, facts, isRateLimited);
      const override = findPreviewed(overrides, experiment, surroundings.now);
      const decision = decide(experiment, subject, assignment, override, surroundings);
      return {
        experiment,
        facts,
        // An override hides the stored row, and a hidden row must not be exposed.
        assignment: decision.reason === "sticky" ? assignment : null,
        answer: answerOf(experiment, decision, subject.unitId),
      };
    };
    const decided = requests.map((request, index) => decideOne(request, index, false));
    // A dry run takes no place in the limit: that happens when the row is written.
    if (isVouchedFor || isDry || !decided.some(isNewVisitor)) return decided;
    // Count a visitor once, however many experiments the page has.
    if (await this.#parts.limiter.admits(identity)) return decided;
    return requests.map((request, index) => {
      const entry = decided[index] as Decided;
      return isNewVisitor(entry) ? decideOne(request, index, true) : entry;
    });
  }

  /** Writes all allocated rows at once and returns what is stored. */
  async #store(decided: Decided[]): Promise<Decided[]> {
    const allocated = decided.filter(({ answer }) => answer.reason === "allocated");
    if (allocated.length === 0) return decided;
    const rows = await this.#parts.assignments.insert(
      allocated.map(({ experiment, answer }) => ({
        slug: answer.slug,
        unit: answer.unit as Unit,
        unitId: unitIdOf(answer),
        variant: answer.variant as string,
        assignmentType: (experiment as CompiledExperiment).assignmentType,
        epoch: (experiment as CompiledExperiment).epoch,
      })),
    );
    const storedOf = new Map(allocated.map((entry, index) => [entry, rows[index] ?? null]));
    return decided.map((entry) => {
      const row = storedOf.get(entry);
      if (row === undefined) return entry;
      // The subject or the experiment was deleted after it was read.
      if (row === null) return unknownExperiment(entry.answer.slug);
      const decision = row.isNew
        ? ({ variant: row.variant, reason: "allocated" } as const)
        : ({ variant: row.variant, reason: "sticky" } as const);
      const experiment = entry.experiment as CompiledExperiment;
      return {
        ...entry,
        assignment: row,
        answer: answerOf(experiment, decision, row.unitId),
      };
    });
  }

  /**
   * Loads all facts in one statement, and only for subjects whom a rule has to judge; exposed subjects are not judged
   * again.
   */
  async #loadFacts(
    identity: Identity,
    requests: DecisionRequest[],
    experiments: (CompiledExperiment | null)[],
    stored: (Assignment | null)[],
  ): Promise<LoadedFacts> {
    if (!isCounted(identity)) return NOTHING_LOADED;
    let needsUser = false;
    const teamIds = new Set<number>();
    requests.forEach((request, index) => {
      const experiment = experiments[index];
      if (!experiment?.isLive || experiment.targeting.needs.size === 0) return;
      if (stored[index]?.exposedAt) return;
      if (unitIdFor(experiment.unit, identity, request) === null) return;
      if (experiment.unit === "team") teamIds.add(request.teamId as number);
      else needsUser ||= identity.userId !== null;
    });
    if (!needsUser && teamIds.size === 0) return NOTHING_LOADED;
    return this.#parts.facts.load(needsUser ? identity.userId : null, [...teamIds]);
  }
}

const NOTHING_LOADED: LoadedFacts = { user: null, teams: new Map() };

function isNewVisitor({ answer }: Decided): boolean {
  return answer.reason === "allocated" && answer.unit === "visitor";
}

function factsFor(unit: Unit, { teamId }: Claims, loaded: LoadedFacts): Facts {
  const facts = unit === "team" ? loaded.teams.get(teamId ?? 0) : loaded.user;
  return facts ?? NO_FACTS;
}
