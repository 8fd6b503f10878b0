import { asIssue } from "@calcom/lib/issue";
import { z } from "zod";
import type { Condition } from "./condition";
import { inspectCondition } from "./inspect";

export type { Condition } from "./condition";

/** Accepts what `compileCondition` understands, within `conditionLimits`. Each refusal says where, and what to do. */
export const conditionSchema: z.ZodType<Condition, Condition> = z
  .custom<Condition>()
  .superRefine((input, context) => {
    for (const { path, sentence } of inspectCondition(input))
      context.addIssue({ code: "custom", path: [...path], ...asIssue(sentence) });
  });
