import { BoundedQueue, isQueueFull, type Turn } from "@calcom/lib/bounded-queue";
import { tookTooLong } from "../types/errors";

const AT_ONCE = { concurrency: 2, maxWaiting: 10, maxWaitingOfOne: 10 };

/**
 * What a form or a page asks of large tables, two questions at a time on one node. Each may read for seconds, and people
 * who take part must not wait for the connections.
 */
export class FewAtOnce {
  readonly #queue = new BoundedQueue(AT_ONCE);

  /** @throws ExperimentError `unavailable` where too many ask at once */
  async run<Answer>(read: () => Promise<Answer>, turn: Turn = {}): Promise<Answer> {
    try {
      return await this.#queue.run(read, turn);
    } catch (cause) {
      throw isQueueFull(cause) ? tookTooLong(cause) : cause;
    }
  }
}
