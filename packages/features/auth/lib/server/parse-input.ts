import { refusalOf } from "@calcom/lib/issue";
import type { z } from "zod";
import { AuthError } from "../../errors";

/** @throws AuthError `invalid_input` that names the first field that is wrong */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const refusal = issue ? refusalOf(issue) : { message: "Check your entries." };
  throw new AuthError("invalid_input", refusal.sentence ?? refusal.message, {
    field: issue?.path.join("."),
    cause: result.error,
  });
}
