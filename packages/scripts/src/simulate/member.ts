import { type ChildProcess, fork } from "node:child_process";
import { root } from "../lib/paths";

/** A process of its own that does one task at a time. */
export interface Member<Task, Answer> {
  ask(task: Task): Promise<Answer>;
  end(): void;
}

/** Starts `file`, which answers each message with one message, and ends with the process that started it. */
export function startMember<Task extends object, Answer>(file: string): Member<Task, Answer> {
  const child: ChildProcess = fork(file, {
    cwd: root, // tsx looks for tsconfig.json here
    // Looks leave much behind at once: with room for it, an eighth of the time is not spent on collecting it.
    execArgv: ["--import", "tsx", "--max-semi-space-size=64"],
    // JSON knows neither infinity nor what is not a number.
    serialization: "advanced",
  });
  return {
    ask: (task) =>
      new Promise((resolve, reject) => {
        const answered = (answer: unknown) => {
          child.off("error", reject).off("exit", gone);
          resolve(answer as Answer);
        };
        const gone = () => reject(new Error(`The process ended that was asked for ${JSON.stringify(task)}.`));
        child.once("error", reject).once("exit", gone).once("message", answered);
        child.send(task);
      }),
    end() {
      if (child.connected) child.disconnect();
    },
  };
}
