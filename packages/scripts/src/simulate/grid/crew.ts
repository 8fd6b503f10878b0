import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import path from "node:path";
import { root } from "../../lib/paths";
import type { Mode } from "./bounds";
import { cellOf, type Side } from "./cell";
import { type Runs, study } from "./study";
import type { Tally } from "./tally";

/** What a process is asked, one at a time. */
export interface Task {
  cell: string;
  runs: Runs;
  seed: number;
  /** That which the bound with the true variance would find in four of five runs, where absent. */
  lift?: number;
  /** Of that lift; a rise where absent. */
  side?: Side;
}

export type Tallies = Record<Mode, Tally>;

/**
 * Studies cells in as many processes as there are cores. Which process studies which cell does not change its figures:
 * each run has draws of its own.
 */
export async function studyAll(
  tasks: readonly Task[],
  onDone: (done: number, task: Task) => void,
  processes = availableParallelism(),
): Promise<Tallies[]> {
  const found: Tallies[] = [];
  let [next, done] = [0, 0];
  const work = async () => {
    const member = startMember();
    try {
      for (let i = next++; i < tasks.length; i = next++) {
        const task = tasks[i];
        if (task === undefined) return;
        found[i] = await member.study(task);
        onDone(++done, task);
      }
    } finally {
      member.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(processes, tasks.length) }, work));
  return found;
}

/** In this process. */
export function studyHere({ cell, runs, seed, lift, side }: Task): Tallies {
  return study(cellOf(cell), runs, seed, { lift, side });
}

function startMember(): { study(task: Task): Promise<Tallies>; end(): void } {
  const child: ChildProcess = fork(path.join(import.meta.dirname, "crew-member.ts"), {
    cwd: root, // tsx looks for tsconfig.json here
    // Looks leave much behind at once: with room for it, an eighth of the time is not spent on collecting it.
    execArgv: ["--import", "tsx", "--max-semi-space-size=64"],
  });
  return {
    study: (task) =>
      new Promise((resolve, reject) => {
        const answered = (tallies: unknown) => {
          child.off("error", reject).off("exit", gone);
          resolve(tallies as Tallies);
        };
        const gone = () => reject(new Error(`The process that studied ${task.cell} ended.`));
        child.once("error", reject).once("exit", gone).once("message", answered);
        child.send(task);
      }),
    end() {
      if (child.connected) child.disconnect();
    },
  };
}
