import type { ExperimentAnswer } from "../types/answers";
import type { Overrides } from "../utils/overrides";
import type { Decided } from "./answer";
import type { Decider } from "./decider";
import type { Identity, NamedSubject } from "./identity";
import type { DecisionRequest } from "./subject";

export interface DecisionTiming {
  /** The most that the answer may take, instead of the usual. Past it, the reason is `unavailable`. */
  budgetMs?: number;
}

/** Decides which variant a subject sees, within `budgetMs`. */
export function createDecisions(decider: Decider, usualMs: number) {
  return {
    /**
     * Decides for the request's own subject, in the order of the requests. Rows are durable before the answer, and the
     * answer is what is stored. If the database does not answer in time, the reason is `unavailable`.
     *
     * Previewed variants are answered without a row. `overrides` replaces those of the identity.
     *
     * @throws ExperimentError `claim_refused` if a request names a subject that is not the caller's
     */
    async decide(
      identity: Identity,
      requests: DecisionRequest[],
      overrides?: Overrides,
      { budgetMs = usualMs }: DecisionTiming = {},
    ): Promise<ExperimentAnswer[]> {
      return pickAnswers(await decider.decide(identity, requests, { overrides, budgetMs }));
    },

    /**
     * Says what `decide` would answer, without writing: for pages that may never be looked at. The row of an
     * `allocated` answer is written when its exposure is reported. Null if the variant would be drawn at random.
     *
     * @throws ExperimentError `claim_refused`
     */
    async foresee(
      identity: Identity,
      requests: DecisionRequest[],
      { budgetMs = usualMs }: DecisionTiming = {},
    ): Promise<(ExperimentAnswer | null)[]> {
      const decided = await decider.decide(identity, requests, { isDry: true, budgetMs });
      return decided.map(({ row, answer }) =>
        row === "wanted" && answer.assignmentType === "random" ? null : answer,
      );
    },

    /** Like `decide`, for a subject that the calling code vouches for; in the order of the slugs. */
    async decideFor(subject: NamedSubject, slugs: string[]): Promise<ExperimentAnswer[]> {
      return pickAnswers(await decider.decideFor(subject, slugs, { budgetMs: usualMs }));
    },
  };
}

function pickAnswers(decided: Decided[]): ExperimentAnswer[] {
  return decided.map(({ answer }) => answer);
}
