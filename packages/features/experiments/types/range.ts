import { day } from "@calcom/lib/gate/moments";
import { z } from "zod";

const NO_DAY = "Enter a date such as 2026-11-23.";

/** Days in UTC, both included. */
export const rangeSchema = z
  .object({ from: day(NO_DAY), to: day(NO_DAY) })
  .refine(({ from, to }) => from <= to, {
    error: "Choose an end date on or after the start date.",
    path: ["to"],
  });

export type DayRange = z.infer<typeof rangeSchema>;
