import type { Status } from "../../types/settings";

/** Each is told by its filling as well, where its colour cannot be seen. What is over is lighter than what runs. */
export const fillings: Record<Status, string> = {
  draft: "border-dashed",
  running: "bg-current/30",
  paused: "bg-current/30",
  off: "bg-current/30",
  concluded: "bg-current/10",
  archived: "",
};

export const HATCHED = "bg-[repeating-linear-gradient(135deg,currentColor_0_1px,transparent_1px_5px)]";
/** Denser than a pause, and the other way. */
export const OVERDUE = "bg-[repeating-linear-gradient(45deg,currentColor_0_2px,transparent_2px_4px)]";
/** What happens by itself ends with a line. */
export const PLANNED = {
  expected: "border-dashed",
  scheduled: "border-dashed border-e-2 [border-inline-end-style:solid]",
};
