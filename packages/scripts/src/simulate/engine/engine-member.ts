import { findingsOf, type GroupTask } from "./groups";

// A process of its own: it answers each task, and ends with the one that started it.
process.on("message", (task) => {
  process.send?.(findingsOf(task as GroupTask));
});
