import { z } from "zod";
import type { Assignment, AssignmentsRepository, Conversion, Exposure } from "./assignments.repository";
import { ExperimentError } from "./errors";
import type { FactsRepository, LoadedFacts } from "./facts.repository";
import type { ConfigCache } from "./lib/server/config-cache";
import type { EnrolmentLimiter } from "./lib/server/enrolment-limiter";
import type { EventOutbox } from "./lib/server/event-outbox";
import type { Identity, NamedSubject } from "./lib/server/identity";
import {
  type Claims,
  type ConversionReport,
  type ExperimentAnswer,
  type ExposureReport,
  type Facts,
  NO_FACTS,
  type Reason,
  type Unit,
} from "./types";
import type { CompiledExperiment } from "./utils/compile";
import {
  decide,
  type Override,
  type StoredAssignment,
  type Subject,
  type Surroundings,
} from "./utils/decide";

export type DecisionRequest = { slug: string } & Claims;
export type Overrides = Readonly<Record<string, Override>>;

export interface ExperimentsServiceParts {
  configs: Pick<ConfigCache, "get" | "all" | "stamp">;
  assignments: Pick<
    AssignmentsRepository,
    "find" | "insert" | "findMemberships" | "expose" | "convert" | "link"
  >;
  facts: Pick<FactsRepository, "load">;
  limiter: EnrolmentLimiter;
  outbox: Pick<EventOutbox, "kick">;
  clock: () => number;
  random: () => number;
  log: { warn(message: string, facts?: Record<string, unknown>): void };
}

/** What any page and any server code may ask: decide, expose, convert. */
export class ExperimentsService {
  readonly #parts: ExperimentsServiceParts;

  constructor(parts: ExperimentsServiceParts) {
    this.#parts = parts;
  }

  /**
   * Decides for the request's own subject, in the order of the requests. Rows are durable before the answer,
   * and the answer is what is stored. A database that does not answer makes the reason `unavailable`.
   *
   * @throws ExperimentError `claim_refused` where a request names a subject that is not the caller's
   */
  async decide(
    identity: Identity,
    requests: DecisionRequest[],
    overrides: Overrides = {},
  ): Promise<ExperimentAnswer[]> {
    const decided = await this.#decide(identity, requests, overrides);
    return decided.map(({ answer }) => answer);
  }

  /** The same for a subject that the calling code vouches for, in the order of the slugs. */
  async decideFor(subject: NamedSubject, slugs: string[]): Promise<ExperimentAnswer[]> {
    const decided = await this.#decide(vouchedFor(subject), requestsFor(subject, slugs), {}, isVouchedFor);
    return decided.map(({ answer }) => answer);
  }

  /** What `recordExposures` does, for a subject that the calling code vouches for. */
  async exposeFor(subject: NamedSubject, slugs: string[]): Promise<{ recorded: number }> {
    return this.#expose(
      await this.#decide(vouchedFor(subject), requestsFor(subject, slugs), {}, isVouchedFor),
    );
  }

  /**
   * Marks what the subject has seen, once; answers how many were seen for the first time.
   *
   * @throws ExperimentError `claim_refused`; `unavailable` where the report should be sent again
   */
  async recordExposures(identity: Identity, reports: ExposureReport[]): Promise<{ recorded: number }> {
    return this.#expose(
      await this.#decide(identity, reports, {}),
      reports.map(({ ageMs }) => ageMs),
    );
  }

  async #expose(decided: Decided[], ages: (number | undefined)[] = []): Promise<{ recorded: number }> {
    // A page without an answer shows control and goes on; a report without one would be lost in silence.
    if (decided.some(({ answer }) => answer.reason === "unavailable"))
      throw new ExperimentError("unavailable", "The database does not answer: report it again in a moment.");
    const exposures = new Map<string, Exposure>();
    decided.forEach(({ assignment, experiment, facts }, index) => {
      if (assignment === null || experiment === null || assignment.exposedAt !== null) return;
      exposures.set(assignment.id, {
        assignmentId: assignment.id,
        ageMs: ages[index] ?? 0,
        facts: experiment.targeting.frozen(facts),
      });
    });
    if (exposures.size === 0) return { recorded: 0 };
    const recorded = await this.#parts.assignments.expose([...exposures.values()]);
    if (recorded.length > 0) this.#parts.outbox.kick();
    return { recorded: recorded.length };
  }

  /**
   * Stores conversions of the request's own subject; those of a subject without a row are ignored. Whether
   * one counts is decided when results are computed, so that a click may overtake its exposure.
   *
   * @throws ExperimentError `event_not_declared`, `claim_refused`, `rate_limited`
   */
  async recordConversions(identity: Identity, reports: ConversionReport[]): Promise<{ recorded: number }> {
    if (identity.isBot || !identity.hasConsent) return { recorded: 0 };
    const experiments = await this.#experimentsOf(reports);
    reports.forEach(({ event }, index) => {
      const experiment = experiments[index];
      if (experiment && !experiment.clientEvents.has(event))
        throw new ExperimentError(
          "event_not_declared",
          `${experiment.slug} does not declare ${event} as a client event: add it to the experiment, or report it from the server.`,
        );
    });
    await this.#checkClaims(identity, reports);
    await this.#parts.limiter.takeEvents(identity, reports.length);
    const stored = await this.#findStored(identity, reports, experiments);
    const conversions = reports.flatMap(({ event, key, ageMs }, index): Conversion[] => {
      const assignment = stored[index];
      return assignment ? [{ assignmentId: assignment.id, event, key, ageMs: ageMs ?? 0, value: null }] : [];
    });
    if (conversions.length === 0) return { recorded: 0 };
    const recorded = await this.#parts.assignments.convert(conversions);
    if (recorded > 0) this.#parts.outbox.kick();
    return { recorded };
  }

  /** What runs: nothing about targeting, shares or payloads leaves by this door. */
  async listActive(): Promise<{ slug: string; unit: Unit; variants: string[] }[]> {
    const experiments = await this.#parts.configs.all();
    return experiments
      .filter(({ status }) => status === "running")
      .map(({ slug, unit, variants }) => ({ slug, unit, variants: [...variants] }))
      .sort((a, b) => a.slug.localeCompare(b.slug));
  }

  /** Names the state of all configurations: what a browser has kept from another state it must not use. */
  stamp(): Promise<string> {
    return this.#parts.configs.stamp();
  }

  /**
   * Joins a browser to the person who signed in with it, for good. Answers whether it is that person's: a browser
   * that was somebody else's before needs a new visitor.
   */
  async linkVisitor(userId: number, visitorId: string): Promise<{ isTheirs: boolean }> {
    return { isTheirs: (await this.#parts.assignments.link(visitorId, userId)) === userId };
  }

  async #decide(
    identity: Identity,
    requests: DecisionRequest[],
    overrides: Overrides,
    vouched = false,
  ): Promise<Decided[]> {
    let experiments: (CompiledExperiment | null)[] = [];
    try {
      experiments = await this.#experimentsOf(requests, overrides);
      if (!vouched) await this.#checkClaims(identity, requests);
      return await this.#decideStored(identity, requests, experiments, overrides, vouched);
    } catch (cause) {
      if (cause instanceof ExperimentError) throw cause;
      this.#parts.log.warn("Experiments are answered with control: the database did not answer.", { cause });
      return requests.map((request, index) =>
        decidedWithoutDatabase(
          identity,
          request,
          experiments[index] ?? null,
          overrides,
          this.#surroundings(),
        ),
      );
    }
  }

  async #decideStored(
    identity: Identity,
    requests: DecisionRequest[],
    experiments: (CompiledExperiment | null)[],
    overrides: Overrides,
    vouched: boolean,
  ): Promise<Decided[]> {
    const stored = await this.#findStored(identity, requests, experiments);
    const loaded = await this.#loadFacts(identity, requests, experiments, stored);
    const surroundings = this.#surroundings();
    // A visitor counts once, however many experiments the page has.
    let admission: Promise<boolean> | undefined;
    const isAdmitted = () => {
      admission ??= this.#parts.limiter.admits(identity);
      return admission;
    };

    const decided = await Promise.all(
      requests.map(async (request, index): Promise<Decided> => {
        const experiment = experiments[index] ?? null;
        if (experiment === null) return unknownExperiment(request.slug);
        const assignment = stored[index] ?? null;
        const facts = factsFor(experiment.unit, request, loaded);
        const subject = subjectOf(identity, request, experiment, facts);
        const override = overrideOf(overrides, request.slug);
        let decision = decide(experiment, subject, assignment, override, surroundings);
        if (decision.reason === "allocated" && experiment.unit === "visitor" && !vouched) {
          const isRateLimited = !(await isAdmitted());
          if (isRateLimited)
            decision = decide(experiment, { ...subject, isRateLimited }, assignment, override, surroundings);
        }
        return {
          experiment,
          facts,
          // Only a row that speaks for the subject may be exposed: not one that an override hides.
          assignment: decision.reason === "sticky" ? assignment : null,
          answer: answerOf(experiment, decision, subject.unitId),
        };
      }),
    );
    return this.#store(decided);
  }

  /** Writes what was allocated, all at once, and answers what is stored. */
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
      // The subject or the experiment was deleted between reading and writing.
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

  /** A draft is nobody's business: only a preview tells it from a slug that does not exist. */
  #experimentsOf(
    requests: { slug: string }[],
    overrides: Overrides = {},
  ): Promise<(CompiledExperiment | null)[]> {
    return Promise.all(
      requests.map(async ({ slug }) => {
        const experiment = await this.#parts.configs.get(slug);
        return experiment?.status === "draft" && !overrideOf(overrides, slug) ? null : experiment;
      }),
    );
  }

  /** The identity comes from the server; what a call says about it may only repeat it. */
  async #checkClaims(identity: Identity, requests: Claims[]): Promise<void> {
    const teamIds = new Set<number>();
    for (const { userId, visitorId, teamId } of requests) {
      if (userId !== undefined && userId !== identity.userId) throw refusedClaim("user");
      if (visitorId !== undefined && visitorId !== identity.visitorId) throw refusedClaim("visitor");
      if (teamId !== undefined) teamIds.add(teamId);
    }
    if (teamIds.size === 0) return;
    // Neither may an impossible id fail in the database, where a foreign one is refused.
    if (identity.userId === null || ![...teamIds].every(isRowId)) throw refusedClaim("team");
    const isMemberOf = await this.#parts.assignments.findMemberships(identity.userId, [...teamIds]);
    if ([...teamIds].some((teamId) => !isMemberOf.has(teamId))) throw refusedClaim("team");
  }

  async #findStored(
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

  /** One statement, and only where a rule will be asked: nobody who was exposed is asked again. */
  async #loadFacts(
    identity: Identity,
    requests: DecisionRequest[],
    experiments: (CompiledExperiment | null)[],
    stored: (Assignment | null)[],
  ): Promise<LoadedFacts> {
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
    if (!needsUser && teamIds.size === 0) return { user: null, teams: new Map() };
    return this.#parts.facts.load(needsUser ? identity.userId : null, [...teamIds]);
  }

  #surroundings(): Surroundings {
    return { now: this.#parts.clock(), random: this.#parts.random };
  }
}

const isVouchedFor = true;

/**
 * An id that no row can have is nobody's: it shares statements with the requests of others, and would fail
 * them all.
 */
function vouchedFor(subject: NamedSubject): Identity {
  return {
    userId: "userId" in subject && isRowId(subject.userId) ? subject.userId : null,
    visitorId: "visitorId" in subject && isUuid(subject.visitorId) ? subject.visitorId : null,
    isBot: false,
    hasConsent: true,
    address: null,
  };
}

function requestsFor(subject: NamedSubject, slugs: string[]): DecisionRequest[] {
  const claims = "teamId" in subject && isRowId(subject.teamId) ? { teamId: subject.teamId } : {};
  return slugs.map((slug) => ({ slug, ...claims }));
}

const MAX_ROW_ID = 2 ** 31 - 1;

function isRowId(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= MAX_ROW_ID;
}

function isUuid(text: string): boolean {
  return z.guid().safeParse(text).success;
}

/** Of its own: a slug may be named like what every object has. */
function overrideOf(overrides: Overrides, slug: string): Override | null {
  return (Object.hasOwn(overrides, slug) && overrides[slug]) || null;
}

interface Decided {
  experiment: CompiledExperiment | null;
  facts: Facts;
  /** The stored row behind the answer, where there is one. */
  assignment: Assignment | null;
  answer: ExperimentAnswer;
}

function unitIdFor(unit: Unit, identity: Identity, { teamId }: Claims): string | null {
  const id = { user: identity.userId, team: teamId ?? null, visitor: identity.visitorId }[unit];
  return id === null ? null : String(id);
}

function factsFor(unit: Unit, { teamId }: Claims, loaded: LoadedFacts): Facts {
  const facts = unit === "team" ? loaded.teams.get(teamId ?? 0) : loaded.user;
  return facts ?? NO_FACTS;
}

function subjectOf(
  identity: Identity,
  request: DecisionRequest,
  experiment: CompiledExperiment,
  facts: Facts,
): Subject {
  return {
    unitId: unitIdFor(experiment.unit, identity, request),
    facts,
    isBot: identity.isBot,
    hasConsent: identity.hasConsent,
    isRateLimited: false,
  };
}

/** A person with several browsers keeps what was seen first; before anything was seen, this browser's row. */
function earliest(rows: Assignment[], ownUnitId: string): Assignment | null {
  const exposed = rows
    .filter(({ exposedAt }) => exposedAt !== null)
    .sort((a, b) => Number(a.exposedAt) - Number(b.exposedAt) || Number(a.assignedAt) - Number(b.assignedAt));
  const [first] = exposed;
  if (first) return first;
  const own = rows.find(({ unitId }) => unitId === ownUnitId);
  return own ?? rows.sort((a, b) => Number(a.assignedAt) - Number(b.assignedAt))[0] ?? null;
}

function answerOf(
  experiment: CompiledExperiment,
  decision: { variant: string | null; reason: Reason },
  unitId: string | null,
): ExperimentAnswer {
  const { slug, unit, control, assignmentType, payloads } = experiment;
  return {
    ...(decision as ExperimentAnswer),
    slug,
    unit,
    subject: unitId === null ? null : `${unit}:${unitId}`,
    isControl: decision.variant === null || decision.variant === control,
    isNewAssignment: decision.reason === "allocated",
    assignmentType,
    payload: decision.variant === null ? null : (payloads.get(decision.variant) ?? null),
  };
}

function unitIdOf({ subject, unit }: ExperimentAnswer): string {
  return (subject as string).slice(`${unit}:`.length);
}

/** Also what is answered for a slug that exists but cannot be read: nobody outside learns which. */
function unknownExperiment(slug: string): Decided {
  const answer: ExperimentAnswer = {
    slug,
    variant: null,
    reason: "not_running",
    unit: null,
    subject: null,
    isControl: true,
    isNewAssignment: false,
    assignmentType: null,
    payload: null,
  };
  return { experiment: null, facts: NO_FACTS, assignment: null, answer };
}

/** What does not depend on a row is still answered; the rest is control, and nothing is counted. */
function decidedWithoutDatabase(
  identity: Identity,
  request: DecisionRequest,
  experiment: CompiledExperiment | null,
  overrides: Overrides,
  surroundings: Surroundings,
): Decided {
  const override = overrideOf(overrides, request.slug);
  if (experiment === null) {
    const unknown = unknownExperiment(request.slug);
    return { ...unknown, answer: { ...unknown.answer, variant: null, reason: "unavailable" } };
  }
  const subject = subjectOf(identity, request, experiment, NO_FACTS);
  const nothingStored: StoredAssignment | null = null;
  const decision = decide(experiment, subject, nothingStored, override, surroundings);
  const isCertain = REASONS_WITHOUT_DATABASE.has(decision.reason);
  return {
    experiment,
    facts: NO_FACTS,
    assignment: null,
    answer: answerOf(
      experiment,
      isCertain ? decision : { variant: null, reason: "unavailable" },
      subject.unitId,
    ),
  };
}

const REASONS_WITHOUT_DATABASE = new Set<Reason>([
  "override",
  "winner",
  "not_running",
  "bot",
  "no_consent",
  "no_unit",
]);

function refusedClaim(what: "user" | "team" | "visitor"): ExperimentError {
  const sentences = {
    user: "The user of a call is the one who is signed in: leave userId out, or name that user.",
    team: "You are not a member of that team, or not signed in.",
    visitor: "The visitor of a call is the one of its own cookie: leave visitorId out.",
  };
  return new ExperimentError("claim_refused", sentences[what], { field: `${what}Id` });
}
