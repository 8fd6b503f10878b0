import type { AccessService, Actor } from "../serve/access.service";
import type { AudienceCount, Trial } from "../types/audience";
import type { HostId } from "../types/host-id";
import type { Unit } from "../types/settings";
import type { TargetingRules } from "../types/targeting-rules";
import type { HostIds } from "../utils/host-ids";
import type { AudienceRepository, FoundPerson, FoundTeam } from "./audience.repository";
import type { AudienceCounter } from "./audience-counter";
import type { TrialQuestion, Trials } from "./trials";

export interface AudienceParts {
  access: AccessService;
  counter: AudienceCounter;
  trials: Trials;
  audience: AudienceRepository;
  ids: HostIds;
}

/**
 * Says whom a configuration would reach before it runs, with the code that decides and without writing anything. Each
 * method throws `not_signed_in` and `not_allowed`. Whatever tells of single customers, if only by counting those that a
 * rule matches, is for those who may change experiments.
 */
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
    await this.#parts.access.authorize(actor, "edit");
    return this.#parts.counter.count(question);
  }

  /**
   * Decides for one user or team, on the settings of a form or on an experiment as it is stored.
   *
   * @throws ExperimentError `not_found`, `damaged_config`, `invalid_config`
   */
  async tryOut(actor: Actor, question: TrialQuestion): Promise<Trial> {
    await this.#parts.access.authorize(actor, "edit");
    return this.#parts.trials.run(question);
  }

  /** Finds teams for the form: those with these ids first, so that chosen teams have names, then matches of the search. */
  async findTeams(
    actor: Actor,
    { search, ids, onlyOrganizations }: { search: string; ids: HostId[]; onlyOrganizations: boolean | null },
  ): Promise<FoundTeam[]> {
    await this.#parts.access.authorize(actor, "view");
    const named = [...new Set(ids.map((id) => this.#parts.ids.team(id, "ids")))];
    return this.#parts.audience.findTeams(search, named, onlyOrganizations);
  }

  async findPeople(actor: Actor, { search }: { search: string }): Promise<FoundPerson[]> {
    await this.#parts.access.authorize(actor, "edit");
    return this.#parts.audience.findPeople(search);
  }

  /** The attributes that rules can name, each with its most frequent values. */
  async listAttributes(actor: Actor): Promise<{ name: string; values: string[] }[]> {
    await this.#parts.access.authorize(actor, "edit");
    return this.#parts.audience.listAttributes();
  }
}
