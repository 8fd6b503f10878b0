import { Patience } from "@calcom/lib/patience";
import { lateFor } from "@calcom/lib/within";
import { DatabaseUnavailable } from "../sql/database-unavailable";

/** Nobody waits for a report, and it may be stored behind many others: as long as two statements take. */
const REPORT_MS = 4_000;

/**
 * How long a door makes whoever asks wait. "answer": as long as a decision may take. "report": longer, as a browser
 * reports in the background, and what is refused too early is sent, and counted, again. "own": it keeps to times itself,
 * and has something to say when they are over.
 */
export type Wait = "answer" | "report" | "own";

type Door = (...call: never[]) => Promise<unknown>;

/** The time that answers may take, for all doors of a node together: a crowd at a silent database is answered at once. */
export class Budget {
  readonly #answerMs: number;
  readonly #patience = new Patience();

  constructor(answerMs: number) {
    this.#answerMs = answerMs;
  }

  /** @throws OutOfTime; what was waited for goes on */
  keep<Answer>(answer: Promise<Answer>, milliseconds: number): Promise<Answer> {
    return this.#patience.wait(milliseconds, answer, () => new OutOfTime());
  }

  /** Has each door keep to its time. None can be without one. */
  limit<Doors extends Record<keyof Doors, Door>>(doors: Doors, waits: Record<keyof Doors, Wait>): Doors {
    const limited = Object.entries<Door>(doors).map(([name, door]): [string, Door] => {
      const wait = waits[name as keyof Doors];
      if (wait === "own") return [name, door];
      const milliseconds = wait === "answer" ? this.#answerMs : Math.max(REPORT_MS, this.#answerMs);
      return [name, (...call) => this.keep(door(...call), milliseconds)];
    });
    return Object.fromEntries(limited) as Doors;
  }
}

/** No outage: one answer took longer than it may. */
export class OutOfTime extends DatabaseUnavailable {
  readonly needsNoLine = true;

  constructor() {
    super(lateFor("What was asked")());
  }
}
