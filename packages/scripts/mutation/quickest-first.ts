import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A mutant that a quick test notices is not tried by the slow ones: simulations come last. */
export default class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).reverse();
  }
}
