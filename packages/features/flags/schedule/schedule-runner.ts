import { isAppError } from "@calcom/lib/errors";
import type { RequireAdmin } from "../flags.service";
import type { CarriedOut, DueChangesRepository } from "./due-changes.repository";

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
  /** So that a database that stays away is logged once. */
  #hasComplained = false;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Returns what was done and what was dropped. Never throws. */
  async runDue(): Promise<FlagStep[]> {
    const { due, log } = this.#parts;
    const steps: FlagStep[] = [];
    try {
      await due.forgetDropped();
      for (const { slug, planners } of await due.findDue()) {
        const carriedOut = await due.carryOut(slug, await this.#readRights(planners));
        for (const { change, dropped } of carriedOut) {
          steps.push({ slug, step: change.kind, dropped });
          if (dropped === null) log.info("A planned change of a flag was made.", { slug, ...change });
          else log.warn("A planned change of a flag was dropped.", { slug, ...change, reason: dropped });
        }
      }
      this.#hasComplained = false;
    } catch (cause) {
      if (!this.#hasComplained)
        log.warn("The schedule of flags could not be carried out; it is tried again.", { cause });
      this.#hasComplained = true;
    }
    return steps;
  }

  /** Whether each planner may still change flags. If not, their planned changes are dropped. */
  async #readRights(planners: readonly (number | null)[]): Promise<Map<number | null, boolean>> {
    const rights = new Map<number | null, boolean>();
    for (const planner of planners) rights.set(planner, await this.#isAdmin(planner));
    return rights;
  }

  async #isAdmin(userId: number | null): Promise<boolean> {
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
