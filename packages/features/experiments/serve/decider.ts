import { DatabaseUnavailable } from "../sql/database-unavailable";
import type { HostId } from "../types/host-id";
import type { CompiledExperiment } from "../utils/compile";
import type { FlagSaying } from "../utils/former-flag";
import { findPreviewed, type Overrides } from "../utils/overrides";
import { isCounted } from "../utils/uncounted";
import { answerUnknown, buildAnswer, type Decided } from "./answer";
import type { Assignment, AssignmentsRepository, Stored } from "./assignments.repository";
import { type Budget, OutOfTime } from "./budget";
import { type Call, decideRequest, decideWithoutDatabase } from "./decide-request";
import type { EnrolmentLimiter } from "./enrolment-limiter";
import { type FactsRepository, type LoadedFacts, pickFacts } from "./facts.repository";
import { keepConfirmed } from "./first-sight";
import type { FlagRowsRepository } from "./flag-rows.repository";
import { findSayings, withoutAnsweringFlag } from "./flag-sayings";
import type { Identity, NamedSubject } from "./identity";
import type { LookupService } from "./lookup.service";
import type { ProvisionalRowsRepository } from "./provisional-rows.repository";
import { type DecisionRequest, findUnitId, requestFor, vouchFor } from "./subject";

export interface DeciderParts {
  lookup: LookupService;
  assignments: Pick<AssignmentsRepository, "insert">;
  provisional: Pick<ProvisionalRowsRepository, "confirm">;
  facts: Pick<FactsRepository, "load">;
  flagRows: Pick<FlagRowsRepository, "find">;
  limiter: Pick<EnrolmentLimiter, "admits">;
  budget: Budget;
  clock: () => number;
  random: () => number;
  log: { warn(message: string, facts?: Record<string, unknown>): void };
}

export interface DecisionOptions {
  /** Those of the identity by default. */
  overrides?: Overrides | undefined;
  /** The calling code vouches for the subject: neither claims nor addresses are checked. */
  isVouchedFor?: boolean;
  /** Code asks the flag that it was: it does not ask for the experiment. */
  isOfFlag?: boolean;
  /** Nothing is written: a row may be wanted. */
  isDry?: boolean;
  /** What is found will be marked as seen, which says more than that the visitor's cookie came back. */
  isReport?: boolean;
  /** The most that it may take; no less than the database's own limits where absent. */
  budgetMs?: number | undefined;
}

/** Loads, decides and stores. The answer is always what is stored. */
export class Decider {
  readonly #parts: DeciderParts;
  #isAway = false;

  constructor(parts: DeciderParts) {
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
    options: DecisionOptions = {},
  ): Promise<Decided[]> {
    const { overrides = identity.overrides, isVouchedFor = false, isDry = false, budgetMs } = options;
    const { lookup, provisional, flagRows, clock, random } = this.#parts;
    const call: Call = { identity, overrides, surroundings: { now: clock(), random } };
    let experiments: (CompiledExperiment | null)[] = [];
    const decideStored = async () => {
      experiments = await lookup.findExperiments(
        requests.map(({ slug }) => slug),
        (experiment) =>
          experiment.flag !== null || findPreviewed(overrides, experiment, call.surroundings.now) !== null,
        !options.isOfFlag,
      );
      if (!isVouchedFor) await lookup.checkClaims(identity, requests);
      const [{ identity: own, stored }, said] = await Promise.all([
        lookup.findStored(identity, requests, experiments.map(withoutAnsweringFlag)),
        findSayings(flagRows, identity, requests, experiments),
      ]);
      // What flags say may rest on whether there is a visitor.
      const sayings = own === identity ? said : await findSayings(flagRows, own, requests, experiments);
      const ownCall = { ...call, identity: own };
      const decideBy = (rows: typeof stored) =>
        this.#decideAll(ownCall, requests, experiments, { stored: rows, sayings }, isVouchedFor || isDry);
      const decided = await decideBy(stored);
      if (isDry || options.isReport) return isDry ? decided : await this.#store(decided);
      const gone = await keepConfirmed(provisional, own, decided.flatMap(pickStored));
      if (gone.size === 0) return await this.#store(decided);
      return await this.#store(await decideBy(stored.map((row) => (row && gone.has(row.id) ? null : row))));
    };
    try {
      // A row that is stored too late was shown to nobody, and is found at the next visit.
      const decided = await (budgetMs === undefined
        ? decideStored()
        : this.#parts.budget.keep(decideStored(), budgetMs));
      this.#isAway = false;
      return decided;
    } catch (cause) {
      if (!(cause instanceof DatabaseUnavailable)) throw cause;
      if (!(cause instanceof OutOfTime)) this.#warnOnce(cause);
      return requests.map((request, index) =>
        decideWithoutDatabase(call, request, experiments[index] ?? null, cause),
      );
    }
  }

  /** Decides for a subject that the calling code vouches for. */
  decideFor(
    subject: NamedSubject,
    slugs: string[],
    options: Pick<DecisionOptions, "budgetMs"> = {},
  ): Promise<Decided[]> {
    return this.decide(vouchFor(subject), requestFor(subject, slugs), { ...options, isVouchedFor: true });
  }

  /** Of an outage the first is logged, until something was decided with the database again. */
  #warnOnce(cause: unknown): void {
    if (!this.#isAway)
      this.#parts.log.warn("Experiments are answered with control: the database did not answer.", { cause });
    this.#isAway = true;
  }

  async #decideAll(
    call: Call,
    requests: DecisionRequest[],
    experiments: (CompiledExperiment | null)[],
    { stored, sayings }: { stored: (Assignment | null)[]; sayings: (FlagSaying | null)[] },
    isUnlimited: boolean,
  ): Promise<Decided[]> {
    const { identity } = call;
    const loaded = await this.#loadFacts(identity, requests, experiments, stored);
    const decideEach = (areVisitorsLimited: boolean) =>
      requests.map((request, index) => {
        const experiment = experiments[index] ?? null;
        const isVisitors = experiment?.unit === "visitor";
        return decideRequest(call, request, experiment, {
          facts: pickFacts(experiment, request, loaded),
          stored: stored[index] ?? null,
          said: sayings[index] ?? null,
          isRateLimited: areVisitorsLimited && isVisitors,
        });
      });
    const decided = decideEach(false);
    // A dry run takes no place in the limit: that happens when the row is written. A job has no address.
    if (isUnlimited || !decided.some(isNewVisitor)) return decided;
    // Count a visitor once, however many experiments the page has.
    return this.#parts.limiter.admits(identity) ? decided : decideEach(true);
  }

  /** Writes all rows that are wanted at once, and returns what is stored. */
  async #store(decided: Decided[]): Promise<Decided[]> {
    const wanted = decided.filter((entry) => entry.row === "wanted");
    if (wanted.length === 0) return decided;
    const rows = await this.#parts.assignments.insert(wanted.map(({ assignment }) => assignment));
    const stored = new Map(wanted.map((entry, index) => [entry, answerStored(entry, rows[index] ?? null)]));
    return decided.map((entry) => (entry.row === "wanted" ? (stored.get(entry) ?? entry) : entry));
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
    const teamIds = new Set<HostId>();
    requests.forEach((request, index) => {
      const experiment = experiments[index];
      if (!experiment?.isLive || experiment.targeting.needs.size === 0) return;
      if (stored[index]?.exposedAt || stored[index]?.isImported) return;
      if (findUnitId(experiment.unit, identity, request) === null) return;
      if (experiment.unit !== "team") needsUser ||= identity.userId !== null;
      else if (request.teamId !== undefined) teamIds.add(request.teamId);
    });
    if (!needsUser && teamIds.size === 0) return NOTHING_LOADED;
    return this.#parts.facts.load(needsUser ? identity.userId : null, [...teamIds]);
  }
}

const NOTHING_LOADED: LoadedFacts = { user: null, teams: new Map() };

/** If another request was first, its row is the answer. */
function answerStored(wanted: Extract<Decided, { row: "wanted" }>, row: Stored | null): Decided {
  const { experiment, facts } = wanted;
  // The subject or the experiment was deleted after it was read.
  if (row === null) return answerUnknown(experiment.slug);
  const { variant, unitId } = row;
  const answer = buildAnswer(experiment, { variant, reason: row.isNew ? "allocated" : "sticky" }, unitId);
  return { row: "stored", assignment: row, answer, experiment, facts };
}

function pickStored(decided: Decided): Assignment[] {
  return decided.row === "stored" ? [decided.assignment] : [];
}

function isNewVisitor(decided: Decided): boolean {
  return decided.row === "wanted" && decided.experiment.unit === "visitor";
}
