import type { FactsRepository } from "../serve/facts.repository";
import type { Facts } from "../types/answers";
import type { AudienceCount } from "../types/audience";
import type { HostId } from "../types/host-id";
import type { Unit } from "../types/settings";
import type { TargetingRules } from "../types/targeting-rules";
import { type HostIds, readRuleIds } from "../utils/host-ids";
import { FewAtOnce } from "./few-at-once";

const PAGE = 1_000;
const TIME_MS = 1_500;

export interface AudienceParts {
  facts: Pick<FactsRepository, "count" | "page">;
  compile(rules: TargetingRules): { needs: { size: number }; matches(facts: Facts): boolean };
  ids: HostIds;
  clock: () => Date;
}

/**
 * Counts the users or teams that match targeting rules, with the same code that decides. It does not check permissions, so
 * only services that do may use it.
 */
export class AudienceCounter {
  readonly #parts: AudienceParts;
  readonly #queue = new FewAtOnce();

  constructor(parts: AudienceParts) {
    this.#parts = parts;
  }

  /**
   * Counts for at most 1.5 seconds. `examined` says how many were looked at by then. Null for visitors, because the database
   * does not list them.
   *
   * @throws ExperimentError `unavailable` if too many counts run already
   */
  async count({
    unit,
    targetingRules,
  }: {
    unit: Unit;
    targetingRules: TargetingRules;
  }): Promise<AudienceCount | null> {
    if (unit === "visitor") return null;
    const { compile, ids } = this.#parts;
    const targeting = compile(readRuleIds(ids, targetingRules));
    return this.#queue.run(() => this.#count(unit, targeting));
  }

  async #count(
    unit: "user" | "team",
    targeting: ReturnType<AudienceParts["compile"]>,
  ): Promise<AudienceCount> {
    const { facts, clock } = this.#parts;
    const total = await facts.count(unit);
    if (targeting.needs.size === 0) return { matching: total, examined: total, total };
    const until = clock().getTime() + TIME_MS;
    let matching = 0;
    let examined = 0;
    for (let afterId: HostId | null = null; clock().getTime() < until; ) {
      const page: Awaited<ReturnType<FactsRepository["page"]>> = await facts.page(unit, afterId, PAGE);
      examined += page.length;
      matching += page.filter((subject) => targeting.matches(subject.facts)).length;
      const last = page.at(-1);
      if (page.length < PAGE || last === undefined) return { matching, examined, total: examined };
      afterId = last.id;
    }
    return { matching, examined, total: Math.max(total, examined) };
  }
}
