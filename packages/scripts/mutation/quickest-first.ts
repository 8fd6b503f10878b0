import { BaseSequencer, type TestSpecification } from "vitest/node";

/** From the quicker to the slower of those that take a second or more in all. */
const SLOW = ["verdict-missing", "verdict-guardrails", "figures", "own-units", "properties"];

/** A mutant that a quick test notices is not tried by the slow ones, and small files are mostly quick. */
export default class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      SLOW.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
    return (await super.sort(files)).reverse().sort((a, b) => rank(a) - rank(b));
  }
}
