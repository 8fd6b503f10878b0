import { compileTargeting } from "../lib/targeting";
import type { AccessService, Actor } from "../serve/access.service";
import type { AssignmentsRepository } from "../serve/assignments.repository";
import type { FactsRepository } from "../serve/facts.repository";
import { isRowId } from "../serve/subject";
import type { Facts } from "../types/answers";
import type { AudienceCount, Trial } from "../types/audience";
import type { ExperimentConfig, ExperimentInput } from "../types/config";
import { ExperimentError } from "../types/errors";
import type { TargetingRules, Unit } from "../types/settings";
import { compileExperiment } from "../utils/compile";
import { validInput } from "../utils/config-changes";
import { decide } from "../utils/decide";
import { newConfig } from "../utils/new-config";
import type { AudienceRepository, FoundPerson, FoundTeam } from "./audience.repository";
import { configOf, type ExperimentRecords } from "./records";

export interface AudienceParts {
  access: AccessService;
  records: ExperimentRecords;
  audience: AudienceRepository;
  facts: FactsRepository;
  assignments: Pick<AssignmentsRepository, "find">;
  clock: () => Date;
}

const PAGE = 1_000;
const TIME_MS = 1_500;

/** Says whom a configuration would reach before it runs, with the code that decides and without writing anything. */
export class AudienceService {
  readonly #parts: AudienceParts;

  constructor(parts: AudienceParts) {
    this.#parts = parts;
  }

  /** Null for visitors: nobody knows how many there are. */
  async count(
    actor: Actor,
    question: { unit: Unit; targetingRules: TargetingRules },
  ): Promise<AudienceCount | null> {
    await this.#parts.access.authorize(actor, "view");
    return this.reached(question);
  }

  /** The same for other services, which have asked for the permission themselves. */
  async reached({
    unit,
    targetingRules,
  }: {
    unit: Unit;
    targetingRules: TargetingRules;
  }): Promise<AudienceCount | null> {
    if (unit === "visitor") return null;
    const { facts, clock } = this.#parts;
    const targeting = compileTargeting(targetingRules);
    const total = await facts.count(unit);
    if (targeting.needs.size === 0) return { matching: total, examined: total, total };
    const until = clock().getTime() + TIME_MS;
    let matching = 0;
    let examined = 0;
    for (let afterId = 0; clock().getTime() < until; ) {
      const page = await facts.page(unit, afterId, PAGE);
      examined += page.length;
      matching += page.filter((subject) => targeting.matches(subject.facts)).length;
      const last = page.at(-1);
      if (page.length < PAGE || last === undefined) return { matching, examined, total: examined };
      afterId = last.id;
    }
    return { matching, examined, total: Math.max(total, examined) };
  }

  /**
   * Runs `decide` for one user or team, on the settings of a form or on an experiment as it is stored. A draft is
   * treated as if it were running.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`, `invalid_config`
   */
  async tryOut(
    actor: Actor,
    {
      slug,
      input,
      subjectId,
    }: { slug?: string | undefined; input?: ExperimentInput | undefined; subjectId: number },
  ): Promise<Trial> {
    await this.#parts.access.authorize(actor, "view");
    const config = await this.#configToTry(slug, input);
    if (config.unit === "visitor")
      throw new ExperimentError(
        "invalid_config",
        "Visitors have no names: open the page in a private window instead.",
      );
    if (!isRowId(subjectId)) throw nobodyThere(config.unit);
    const { clock } = this.#parts;
    const [found, stored] = await Promise.all([
      this.#factsOf(config.unit, subjectId),
      slug === undefined ? null : this.#storedOf(slug, config.unit, subjectId),
    ]);
    if (found === null) throw nobodyThere(config.unit);
    const experiment = compileExperiment(slug ?? input?.slug ?? "", 0, config);
    const decision = decide(
      experiment,
      { unitId: String(subjectId), facts: found, isBot: false, hasConsent: true, isRateLimited: false },
      stored,
      null,
      { now: clock().getTime(), random: () => 0 },
    );
    return {
      decision,
      isVariantKnown: stored !== null || (slug !== undefined && !experiment.isRandom),
      facts: experiment.targeting.frozen(found),
      isStored: stored !== null,
    };
  }

  /**
   * Finds teams for the form: those with these ids first, so that chosen teams have names, then matches of the search.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async findTeams(
    actor: Actor,
    { search, ids, onlyOrganizations }: { search: string; ids: number[]; onlyOrganizations: boolean | null },
  ): Promise<FoundTeam[]> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.audience.teams(search, ids, onlyOrganizations);
  }

  async findPeople(actor: Actor, { search }: { search: string }): Promise<FoundPerson[]> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.audience.people(search);
  }

  async attributes(actor: Actor): Promise<{ name: string; values: string[] }[]> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.audience.attributes();
  }

  /** Salt and epoch come from the stored experiment, everything else from the form. */
  async #configToTry(
    slug: string | undefined,
    input: ExperimentInput | undefined,
  ): Promise<ExperimentConfig> {
    const stored = slug === undefined ? null : configOf(await this.#parts.records.find(slug));
    const config =
      input === undefined
        ? stored
        : { ...(stored ?? newConfig({ name: input.slug, salt: input.slug })), ...settingsOf(input) };
    if (config === null)
      throw new ExperimentError("invalid_config", "Name an experiment, or give its settings.");
    // The salt is made at creation. Until then nobody can know into which share somebody falls.
    const trafficPercentage = stored === null ? 100 : config.trafficPercentage;
    return { ...config, trafficPercentage, status: config.status === "draft" ? "running" : config.status };
  }

  async #factsOf(unit: "user" | "team", id: number): Promise<Facts | null> {
    const loaded = await this.#parts.facts.load(unit === "user" ? id : null, unit === "team" ? [id] : []);
    return (unit === "user" ? loaded.user : loaded.teams.get(id)) ?? null;
  }

  async #storedOf(slug: string, unit: Unit, id: number) {
    const [rows] = await this.#parts.assignments.find([{ slug, unit, unitId: String(id), personId: null }]);
    return rows?.[0] ?? null;
  }
}

function settingsOf(input: ExperimentInput) {
  const { slug: _slug, description: _description, ...settings } = validInput(input);
  return settings;
}

function nobodyThere(unit: "user" | "team"): ExperimentError {
  return new ExperimentError(
    "not_found",
    unit === "user" ? "This user is gone: search again." : "This team is gone: search again.",
    { field: "subjectId" },
  );
}
