import { availableParallelism } from "node:os";
import path from "node:path";
import { startMember } from "../member";
import type { Tallies, Task } from "./task";

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
    const member = startMember<Task, Tallies>(path.join(import.meta.dirname, "crew-member.ts"));
    try {
      for (let i = next++; i < tasks.length; i = next++) {
        const task = tasks[i];
        if (task === undefined) return;
        found[i] = await member.ask(task);
        onDone(++done, task);
      }
    } finally {
      member.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(processes, tasks.length) }, work));
  return found;
}
