import type { Pause } from "../types/calendar";

/** The times in which an experiment that had started did not run, from the steps of its lifecycle, the earliest first. */
export function listPauses(steps: readonly { at: string; status: string | null }[]): Pause[] {
  const pauses: Pause[] = [];
  let from: string | null = null;
  for (const { at, status } of steps) {
    const isStopped = status === "paused" || status === "off";
    if (isStopped) from ??= at;
    else if (from !== null) {
      pauses.push({ from, to: at });
      from = null;
    }
  }
  return from === null ? pauses : [...pauses, { from, to: null }];
}
