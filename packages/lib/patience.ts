import { later } from "./outside-request";

interface Wait {
  readonly since: number;
  readonly milliseconds: number;
  /** The turn of the event loop in which it began. */
  readonly turn: number;
  timer: NodeJS.Timeout | undefined;
  giveUp(): void;
}

/** The share of its time that a wait keeps while nothing is heard. */
const IN_SILENCE = 1 / 4;

/**
 * The patience of many who wait for one database. Each waits for its own time. Once one of them has waited in vain, and
 * nobody has been answered since it began, the others wait for a quarter of theirs: a crowd whose requests come one after
 * the other is answered together, instead of each after a wait of its own. The first answer ends that.
 *
 * What was waited for goes on. What has arrived by the end of a wait is read first, as in `within`.
 */
export class Patience {
  readonly #waits = new Set<Wait>();
  /** Including those that nobody waits for any more. */
  #unanswered = 0;
  #heardAt = Number.NEGATIVE_INFINITY;
  #isSilent = false;
  #turn = 0;
  #isTurning = false;

  /** @throws what `late` makes, if there is no answer in time */
  wait<Answer>(milliseconds: number, answer: Promise<Answer>, late: () => Error): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const wait: Wait = {
        since: performance.now(),
        milliseconds,
        turn: this.#countTurn(),
        timer: undefined,
        giveUp: () => reject(late()),
      };
      this.#unanswered++;
      this.#waits.add(wait);
      this.#schedule(wait);
      answer.then(
        (value) => {
          // What was answered from memory says nothing of the database.
          if (this.#turn !== wait.turn) this.#hear();
          this.#end(wait);
          resolve(value);
        },
        (error) => {
          this.#end(wait);
          reject(error);
        },
      );
    });
  }

  #schedule(wait: Wait): void {
    clearTimeout(wait.timer);
    const end = wait.since + wait.milliseconds * (this.#isSilent ? IN_SILENCE : 1);
    wait.timer = later(
      () => setImmediate(() => setImmediate(() => this.#giveUp(wait))),
      Math.max(0, end - performance.now()),
    );
  }

  #giveUp(wait: Wait): void {
    if (!this.#waits.delete(wait)) return;
    wait.giveUp();
    if (this.#isSilent || this.#heardAt > wait.since) return;
    this.#isSilent = true;
    for (const other of this.#waits) this.#schedule(other);
  }

  #hear(): void {
    this.#heardAt = performance.now();
    if (!this.#isSilent) return;
    this.#isSilent = false;
    for (const wait of this.#waits) this.#schedule(wait);
  }

  #end(wait: Wait): void {
    clearTimeout(wait.timer);
    this.#waits.delete(wait);
    this.#unanswered--;
    if (this.#unanswered === 0) this.#isSilent = false;
  }

  #countTurn(): number {
    if (!this.#isTurning) {
      this.#isTurning = true;
      setImmediate(() => {
        this.#isTurning = false;
        this.#turn++;
      });
    }
    return this.#turn;
  }
}
