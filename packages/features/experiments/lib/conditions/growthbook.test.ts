import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { compileCondition } from "./compile";
import type { Condition } from "./condition";
import { conditionSchema } from "./schema";

const root = path.resolve(import.meta.dirname, "../../../../..");
const file = path.resolve(root, "../shared/data/growthbook/cases.json");
const isThere = existsSync(file);

const caseSchema = z.object({
  index: z.number(),
  tier: z.enum(["core", "extended", "decision"]),
  case: z
    .tuple([z.string(), z.custom<Condition>(), z.record(z.string(), z.unknown()), z.boolean()])
    .rest(z.unknown()),
});
const cases = isThere
  ? z.object({ evalCondition: z.array(caseSchema) }).parse(JSON.parse(readFileSync(file, "utf8")))
      .evalCondition
  : [];

const ignoreCase = "No operators that ignore case: `(?i)` in a pattern does, and lists name what they mean.";
const savedGroups = "No saved groups: a rule lists what it means, so that it is audited with the experiment.";

/** Conditions that GrowthBook knows and our schema refuses, by the case's index. */
const refused: Record<number, string> = {
  3: "A name that begins with $ is always an operator, so that a misspelt operator is never an attribute.",
  26: "$nin asks for a list. The answer is GrowthBook's: nobody.",
  34: ignoreCase,
  36: ignoreCase,
  38: ignoreCase,
  40: ignoreCase,
  41: ignoreCase,
  43: ignoreCase,
  45: ignoreCase,
  47: ignoreCase,
  65: ignoreCase,
  94: "A pattern that does not compile is told to whoever saves it. The answer is GrowthBook's: nobody.",
  121: ignoreCase,
  123: ignoreCase,
  241: savedGroups,
  243: savedGroups,
  245: savedGroups,
  247: savedGroups,
};

/** Conditions that both know and answer differently. */
const differs: Record<number, string> = {
  52: "A text is never a number: the attribute has one type, and the rule names it.",
  220: "What is no version has no place in their order (GrowthBook sorts it behind every version).",
  233: "1-2-3 is the pre-release 2-3 of version 1, and 1-2.3 its pre-release 2.3.",
  235: "1.2.3.4 is a release with four numbers; 1.2.3-4 is a pre-release of 1.2.3.",
};

describe.skipIf(!isThere)("GrowthBook's conditions", () => {
  for (const { index, tier, case: growthBook } of cases) {
    const [name, condition, attributes, theirs] = growthBook;
    const note = refused[index] ?? differs[index];
    it(`${tier} ${index}: ${name}${note ? `: ${note}` : ""}`, () => {
      const ours = compileCondition(condition).matches(attributes);
      expect(conditionSchema.safeParse(condition).success).toBe(!(index in refused));
      if (index in refused) expect(ours).toBe(false);
      else expect(ours).toBe(index in differs ? !theirs : theirs);
      if (tier === "core") expect(ours).toBe(theirs);
    });
  }

  it("documents no difference for a case that is not there", () => {
    const known = new Set(cases.map(({ index }) => index));
    expect(
      [...Object.keys(refused), ...Object.keys(differs)].filter((index) => !known.has(Number(index))),
    ).toEqual([]);
  });
});
