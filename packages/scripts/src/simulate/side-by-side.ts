import { setTimeout } from "node:timers/promises";

/** As many at once as keep the coalesced writes of a node full, and its pool of connections busy. */
const AT_ONCE = 64;

/** Runs `work` for each item, many side by side; after one that fails none is begun, and its error is thrown. */
export async function sideBySide<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
  atOnce = AT_ONCE,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      try {
        await work(items[next++] as Item);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  // All have ended before anybody closes what they work on.
  const ends = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

const TRIES = 15;

/** Asks again in a moment, as a page does, where a busy machine has not answered in time. */
export async function persistently<Answer>(
  ask: () => Promise<Answer>,
  isAnswer: (answer: Answer) => boolean = () => true,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await ask();
      if (isAnswer(answer)) return answer;
      if (attempt === TRIES) throw new Error("The database does not answer in time.");
    } catch (error) {
      const isUnavailable = error instanceof Error && "code" in error && error.code === "unavailable";
      if (!isUnavailable || attempt === TRIES) throw error;
    }
    await setTimeout(Math.min(2_000, 200 * attempt));
  }
}
