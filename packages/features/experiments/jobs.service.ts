import { randomUUID } from "node:crypto";
import type { DueStep } from "./admin/schedule.repository";
import type { ScheduleService } from "./admin/schedule.service";
import type { EventOutbox } from "./lib/server/event-outbox";
import type { RecountService } from "./results/recount/recount.service";
import type { AskCounter } from "./serve/ask-counter";
import type { ProvisionalRowsRepository } from "./serve/provisional-rows.repository";
import { giveLeaseBack, takeLease } from "./sql/lease";
import type { Pool } from "./sql/runner";

export interface JobsRun {
  /** False if another run was under way, here or on another node. Then this run has done nothing. */
  hasRun: boolean;
  /** Starts and pauses that were due. */
  steps: Pick<DueStep, "slug" | "step">[];
  /** Exposures and conversions that PostHog has taken. */
  sent: number;
  /** Experiments that were counted again. */
  recounted: string[];
  /** Rows of visitors who did not stay. */
  swept: number;
}

export interface JobsParts {
  pool: Pool;
  schedule: Pick<ScheduleService, "runDue">;
  recounts: Pick<RecountService, "findDue" | "recount">;
  provisional: Pick<ProvisionalRowsRepository, "sweep">;
  outbox: Pick<EventOutbox, "sweep">;
  asks: Pick<AskCounter, "flush">;
  log: { warn(message: string, facts?: Record<string, unknown>): void };
}

const LEASE = "run-jobs";
/** After a run was killed, nothing runs for this long. */
const LEASE_MS = 60_000;

/**
 * Does once what a node does by itself from time to time: for hosts that freeze a process between two requests. One run
 * at a time; one after another, over all nodes.
 */
export class JobsService {
  readonly #parts: JobsParts;

  constructor(parts: JobsParts) {
    this.#parts = parts;
  }

  /** Rejects only where the database does not answer. */
  async run(): Promise<JobsRun> {
    const { pool, schedule, provisional, outbox, asks } = this.#parts;
    // Each process has counted by itself.
    await asks.flush();
    const holder = randomUUID();
    if (!(await takeLease(pool, LEASE, holder, LEASE_MS)))
      return { hasRun: false, steps: [], sent: 0, recounted: [], swept: 0 };
    try {
      const steps = await schedule.runDue();
      const recounted = await this.#recount(holder);
      const sent = await outbox.sweep();
      const swept = await provisional.sweep();
      return { hasRun: true, steps: steps.map(({ slug, step }) => ({ slug, step })), sent, recounted, swept };
    } finally {
      await giveLeaseBack(pool, LEASE, holder).catch(() => {}); // it ends by itself
    }
  }

  async #recount(holder: string): Promise<string[]> {
    const { pool, recounts, log } = this.#parts;
    const counted: string[] = [];
    for (const slug of await recounts.findDue()) {
      try {
        if ((await recounts.recount(slug)) !== null) counted.push(slug);
      } catch (error) {
        log.warn("The results of an experiment could not be computed", { slug, error });
      }
      await takeLease(pool, LEASE, holder, LEASE_MS);
    }
    return counted;
  }
}
