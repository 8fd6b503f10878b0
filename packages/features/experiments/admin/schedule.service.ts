import { isAppError } from "@calcom/lib/errors";
import { planMissed } from "../utils/plan-step";
import type { LifecycleSteps } from "./lifecycle-steps";
import { type ExperimentRecords, readExperiment } from "./records";
import type { DueStep, ScheduleRepository } from "./schedule.repository";

export interface ScheduleLog {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
}

export interface ScheduleParts {
  steps: LifecycleSteps;
  records: ExperimentRecords;
  schedule: ScheduleRepository;
  log: ScheduleLog;
}

/** The most steps of one run; the next one takes the others. */
const MOST_STEPS = 100;

/**
 * Carries out schedules, on any number of nodes: a step names the version in which it was read, so that only one node
 * can take it. Steps that fell due while nothing ran are taken as soon as something does.
 */
export class ScheduleService {
  readonly #parts: ScheduleParts;
  /** What was logged already, so that an experiment that cannot start is logged once and not at every tick. */
  readonly #complained = new Set<string>();

  constructor(parts: ScheduleParts) {
    this.#parts = parts;
  }

  /** Returns the steps that were taken. Never throws. */
  async runDue(): Promise<DueStep[]> {
    try {
      const due = await this.#parts.schedule.findDue();
      const done: DueStep[] = [];
      for (const step of this.#order(due)) if (await this.#run(step)) done.push(step);
      this.#forget(due);
      return done;
    } catch (cause) {
      this.#complainOnce("", "The schedule of experiments could not be read; it is tried again.", { cause });
      return [];
    }
  }

  /** What could not be taken comes last: a hundred of those keep no other from its time. */
  #order(due: readonly DueStep[]): DueStep[] {
    const isRefused = (step: DueStep) => this.#complained.has(nameOf(step));
    return [...due.filter((step) => !isRefused(step)), ...due.filter(isRefused)].slice(0, MOST_STEPS);
  }

  /** What is due no more was taken, or changed. */
  #forget(due: readonly DueStep[]): void {
    const present = new Set(due.map(nameOf));
    for (const about of this.#complained) if (!present.has(about)) this.#complained.delete(about);
  }

  async #run({ slug, version, step }: DueStep): Promise<boolean> {
    try {
      if (step === "miss") await this.#forgetMissed(slug, version);
      else await this.#parts.steps.take(null, { slug, version }, { action: step });
      this.#parts.log.info("The schedule was carried out.", { slug, step });
      return true;
    } catch (cause) {
      // Another node took the step first, or a person did.
      const isTaken = isAppError(cause) && TAKEN.has(cause.code);
      if (!isTaken)
        this.#complainOnce(nameOf({ slug, version }), "The schedule could not be carried out.", {
          slug,
          step,
          cause,
        });
      return false;
    }
  }

  /**
   * Nothing ran between its start and its end. It stays a draft, and the activity shows that the schedule was removed.
   */
  async #forgetMissed(slug: string, version: number): Promise<void> {
    const { records } = this.#parts;
    const draft = readExperiment(await records.findVersion({ slug, version }));
    await records.write(null, { slug, version }, planMissed(draft));
  }

  #complainOnce(about: string, message: string, facts: Record<string, unknown>): void {
    if (this.#complained.has(about)) return;
    this.#complained.add(about);
    this.#parts.log.warn(message, facts);
  }
}

function nameOf({ slug, version }: Pick<DueStep, "slug" | "version">): string {
  return `${slug} ${version}`;
}

const TAKEN = new Set(["stale_version", "invalid_transition", "not_found"]);
