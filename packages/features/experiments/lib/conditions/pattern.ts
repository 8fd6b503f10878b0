import { type Sentence, sentence } from "@calcom/lib/sentence";
import { RE2JS } from "re2js";

export const patternLimits = {
  patternChars: 200,
  /** The most instructions in the compiled program, which bound the cost for each character of a text. */
  instructions: 500,
  /** No pattern matches a longer text. */
  textChars: 2_000,
} as const;

export type CompiledPattern =
  | { ok: true; matches: (text: string) => boolean }
  | { ok: false; problem: Sentence };

/** Finds the pattern anywhere in a text, in time linear in the text: RE2 has no backtracking to exploit. */
export function compilePattern(pattern: string): CompiledPattern {
  if (pattern.length > patternLimits.patternChars)
    return { ok: false, problem: sentence(`is longer than ${patternLimits.patternChars} characters`) };
  let program: RE2JS;
  try {
    program = RE2JS.compile(pattern);
  } catch (error) {
    return {
      ok: false,
      problem: sentence("isn’t a valid RE2 pattern ({{reason}})", { reason: explainSyntaxError(error) }),
    };
  }
  if (program.programSize() > patternLimits.instructions)
    return { ok: false, problem: sentence("repeats too much: reduce its {…} counts") };
  return { ok: true, matches: (text) => text.length <= patternLimits.textChars && program.test(text) };
}

function explainSyntaxError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^error parsing regexp: /, "");
}
