import { SharedRuns } from "@calcom/lib/shared-runs";
import { observe } from "@calcom/lib/telemetry";
import { atMost, within } from "@calcom/lib/within";
import { ExperimentError } from "../../types/errors";
import type { StoredResult } from "../types";
import type { CountsService } from "./counts.service";
import { Resting } from "./resting";
import type { ResultMaker } from "./result-maker";
import type { ResultsRepository } from "./results.repository";
import type { TurnsRepository } from "./turns.repository";

export interface RecountParts {
  maker: ResultMaker;
  /** What pages show beside the results is counted in the same turn. */
  counts: Pick<CountsService, "storeBeside">;
  results: Pick<ResultsRepository, "find" | "findDue">;
  turns: TurnsRepository;
}

interface Turn {
  /** Whether to wait while another node counts. */
  isPatient?: boolean;
  /** By the clock of the database. A result from this time or later is as good as a new one. */
  since?: Date;
}

interface Log {
  warn(message: string, facts?: Record<string, unknown>): void;
}

const PATIENCE_MS = 10_000;
/** How long the dialog that concludes waits for the final figures. */
const PREVIEW_MS = 20_000;
const tooSlow = () =>
  new ExperimentError("unavailable", "Counting is taking too long right now. Try again later.");

/** Has results and receipts made, one after the other and on one node at a time. It checks no permission. */
export class RecountService {
  readonly #parts: RecountParts;
  readonly #recounts = new SharedRuns<StoredResult | null>();
  readonly #ends = new SharedRuns<StoredResult | null>();
  readonly #resting = new Resting();
  /** Recounts run one after the other: a node has pages to serve, and a recount takes two connections. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: RecountParts) {
    this.#parts = parts;
  }

  /** The experiments that should be counted again. */
  findDue(): Promise<string[]> {
    return this.#parts.results.findDue(this.#resting.list());
  }

  /** Counts again. Null if another node is counting, or if there is nothing to count. */
  recount(slug: string, turn: Turn = {}): Promise<StoredResult | null> {
    return this.#recounts.share(slug, async () => {
      let found: StoredResult | null = null;
      try {
        found = await this.#queued(() => observe("experiments.recount", () => this.#inTurn(slug, turn)));
        return found;
      } finally {
        this.#resting.note(slug, found !== null);
      }
    });
  }

  /**
   * Computes what the result would be if the experiment ended now: by the statement, the code and the database that its
   * receipt will be made with. It is stored nowhere. Several who ask at the same time share one count.
   *
   * @throws ExperimentError `unavailable` if it takes longer than somebody waits in front of a dialog
   */
  computeAsIfEnded(slug: string): Promise<StoredResult | null> {
    const run = () => this.#parts.maker.makeAsIfEnded(slug, PREVIEW_MS);
    return this.#ends.share(slug, () => within(PREVIEW_MS, this.#queued(run), tooSlow));
  }

  /**
   * Makes the receipt of a conclusion. The caller waits a while for it; what is slow or fails is made in the
   * background.
   */
  async settle(slug: string, log: Log): Promise<void> {
    const made = this.#settle(slug).catch((error: unknown) =>
      log.warn("The receipt of a conclusion could not be made; it is tried again", { slug, error }),
    );
    await atMost(PATIENCE_MS, made);
  }

  /** Tries more than once: a count that was under way may not have known of the end. */
  async #settle(slug: string): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      await this.recount(slug, { isPatient: true });
      if ((await this.#parts.results.find(slug)).receipt !== null) return;
    }
  }

  #queued<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = this.#queue.then(work);
    this.#queue = run.catch(() => {});
    return run;
  }

  async #inTurn(slug: string, { isPatient = false, since }: Turn): Promise<StoredResult | null> {
    const { maker, counts, results, turns } = this.#parts;
    const before = await results.find(slug);
    return turns.take(slug, isPatient, async () => {
      const now = await results.find(slug);
      // Another caller has counted while we waited, or after we were asked.
      if (now.result?.asOf !== before.result?.asOf || isFrom(now.result, since)) return now.result;
      // What was concluded from stays: code that defines the metrics goes, people are erased, and the receipt says otherwise.
      const isSettled = now.receipt !== null && now.result?.endedAt != null;
      const made = isSettled ? null : await maker.make(slug, { hasReceipt: now.receipt !== null });
      await counts.storeBeside(slug, made?.counts ?? null);
      return isSettled ? now.result : (made?.result ?? null);
    });
  }
}

function isFrom(result: StoredResult | null, since: Date | undefined): boolean {
  return result !== null && since !== undefined && Date.parse(result.asOf) >= since.getTime();
}
