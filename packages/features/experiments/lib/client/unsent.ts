export interface Unsent {
  /** By `performance.now()`. */
  happenedAt: number;
  /** Rejects if it may be sent again. */
  send(): Promise<void>;
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** The server subtracts no more than this. */
const KEPT_MS = 72 * 60 * 60_000;
/** Reports. What happens while so many wait is lost: a page that stays open offline must not grow. */
const MOST_KEPT = 100;

/**
 * Keeps reports that did not arrive, and sends them again until one of them does not: a server that is away is asked once
 * at a time, by one timer, however many there are. The one that failed comes last, for it may be to blame itself.
 */
export function createUnsent(): (report: Unsent) => void {
  const kept: Unsent[] = [];
  let pauseMs = FIRST_PAUSE_MS;
  let isWaiting = false;

  function wait(): void {
    if (isWaiting || kept.length === 0) return;
    isWaiting = true;
    setTimeout(sendAgain, pauseMs);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }

  async function sendAgain(): Promise<void> {
    try {
      for (let first = kept[0]; first !== undefined; first = kept[0]) {
        if (performance.now() - first.happenedAt < KEPT_MS) await first.send();
        kept.shift();
        pauseMs = FIRST_PAUSE_MS;
      }
    } catch {
      kept.push(...kept.splice(0, 1));
    }
    isWaiting = false;
    wait();
  }

  return (report) => {
    if (kept.length < MOST_KEPT) kept.push(report);
    wait();
  };
}
