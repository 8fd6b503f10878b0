import { studyHere, type Task } from "./task";

// A process of its own: it answers each task, and ends with the one that started it.
process.on("message", (task) => {
  process.send?.(studyHere(task as Task));
});
