import { isAppError } from "@calcom/lib/errors";
import { isDatabaseAway } from "@calcom/lib/sql";
import type { HostId } from "../../experiments/types";
import type { RequireAdmin } from "../administrators";
import type { CarriedOut, DueChangesRepository, DueFlag } from "./due-changes.repository";

export interface FlagStep {
  slug: string;
  step: CarriedOut["change"]["kind"];
  dropped: CarriedOut["dropped"];
}

export interface RunnerLog {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
}

export interface RunnerParts {
  due: DueChangesRepository;
  requireAdmin: RequireAdmin;
  log: RunnerLog;
}

/**
 * Carries out what administrators have planned for flags, on any number of nodes: one of them takes a flag. What fell
 * due while nothing ran is done as soon as something does.
 */
export class FlagScheduleRunner {
  readonly #parts: RunnerParts;
  /** Flags, and "" for all of them: what stays away or cannot be changed is logged once. */
  readonly #complained = new Set<string>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Returns what was done and what was dropped. Never throws. */
  async runDue(): Promise<FlagStep[]> {
    const { due } = this.#parts;
    try {
      await due.forgetDropped();
      const steps: FlagStep[] = [];
      for (const flag of await due.findDue([...this.#complained])) steps.push(...(await this.#run(flag)));
      this.#complained.delete("");
      return steps;
    } catch (cause) {
      this.#complainOnce("", { cause });
      return [];
    }
  }

  /** A flag that cannot be changed harms no other. */
  async #run({ slug, planners }: DueFlag): Promise<FlagStep[]> {
    const { due, log } = this.#parts;
    try {
      const carriedOut = await due.carryOut(slug, await this.#readRights(planners));
      for (const { change, dropped } of carriedOut) {
        if (dropped === null) log.info("A planned change of a flag was made.", { slug, ...change });
        else log.warn("A planned change of a flag was dropped.", { slug, ...change, reason: dropped });
      }
      this.#complained.delete(slug);
      return carriedOut.map(({ change, dropped }) => ({ slug, step: change.kind, dropped }));
    } catch (cause) {
      if (isDatabaseAway(cause)) throw cause;
      this.#complainOnce(slug, { slug, cause });
      return [];
    }
  }

  #complainOnce(about: string, facts: Record<string, unknown>): void {
    if (this.#complained.has(about)) return;
    this.#complained.add(about);
    this.#parts.log.warn("The schedule of flags could not be carried out; it is tried again.", facts);
  }

  /** Whether each planner may still change flags. If not, their planned changes are dropped. */
  async #readRights(planners: readonly (HostId | null)[]): Promise<Map<HostId | null, boolean>> {
    const rights = new Map<HostId | null, boolean>();
    for (const planner of planners) rights.set(planner, await this.#isAdmin(planner));
    return rights;
  }

  async #isAdmin(userId: HostId | null): Promise<boolean> {
    try {
      await this.#parts.requireAdmin(userId);
      return true;
    } catch (error) {
      if (isAppError(error) && REFUSALS.has(error.code)) return false;
      throw error;
    }
  }
}

const REFUSALS = new Set(["not_signed_in", "not_allowed"]);
