import { statusToneClasses } from "@calcom/ui";
import type { Status } from "../../types/settings";
import { statusLooks } from "../ExperimentStatus";
import type { Bar } from "./timeline";

/**
 * The parts of a bar. Each has one colour and one filling on the whole page, so that the legend can name it, and is told
 * by its filling where its colour cannot be seen. What is over is lighter than what runs.
 */
export const PARTS = {
  running: { tone: toneOf("running"), filling: "bg-current/30" },
  concluded: { tone: toneOf("concluded"), filling: "bg-current/10" },
  archived: { tone: toneOf("archived"), filling: "" },
  paused: {
    tone: toneOf("paused"),
    filling: "bg-[repeating-linear-gradient(135deg,currentColor_0_1px,transparent_1px_5px)]",
  },
  /** Hatched both ways. */
  off: {
    tone: toneOf("off"),
    filling:
      "bg-[repeating-linear-gradient(135deg,currentColor_0_1px,transparent_1px_4px),repeating-linear-gradient(45deg,currentColor_0_1px,transparent_1px_4px)]",
  },
  /** Denser than a pause, and the other way. */
  overdue: {
    tone: statusToneClasses.warning,
    filling: "bg-[repeating-linear-gradient(45deg,currentColor_0_2px,transparent_2px_4px)]",
  },
} as const;

/** What is to come is framed alone; what happens by itself ends with a line. */
export const PLANNED = {
  tone: toneOf("draft"),
  expected: "border-dashed",
  scheduled: "border-dashed border-e-2 [border-inline-end-style:solid]",
};

/** As what the part is drawn in which an experiment ran. */
export function ranPart(status: Status): "running" | "concluded" | "archived" {
  return status === "concluded" || status === "archived" ? status : "running";
}

/** As what the parts are drawn in which it did not. */
export function pausePart(status: Status): "paused" | "off" {
  return status === "off" ? "off" : "paused";
}

/** Whether any of it ran: what nobody knows to have run is hatched from end to end. */
export function hasRun({ ran, pauses }: Bar): boolean {
  return ran !== null && pauses.reduce((sum, { width }) => sum + width, 0) < ran.width;
}

function toneOf(status: Status): string {
  return statusToneClasses[statusLooks[status].tone];
}
