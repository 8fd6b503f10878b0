import type { ExperimentAnswer } from "../types/answers";
import type { Overrides } from "../utils/overrides";
import type { Decided } from "./answer";
import type { Decider } from "./decider";
import type { Identity, NamedSubject } from "./identity";
import type { DecisionRequest } from "./subject";

/** Answers who sees what. */
export function createDecisions(decider: Decider) {
  return {
    /**
     * Decides for the request's own subject, in the order of the requests. Rows are durable before the answer, and the
     * answer is what is stored. If the database does not answer, the reason is `unavailable`.
     *
     * Previewed variants are answered without a row. `overrides` replaces those of the identity.
     *
     * @throws ExperimentError `claim_refused` if a request names a subject that is not the caller's
     */
    async decide(
      identity: Identity,
      requests: DecisionRequest[],
      overrides?: Overrides,
    ): Promise<ExperimentAnswer[]> {
      return pickAnswers(await decider.decide(identity, requests, { overrides }));
    },

    /**
     * Says what `decide` would answer, without writing: for pages that may never be looked at. The row of an
     * `allocated` answer is written when its exposure is reported. Null if the variant would be drawn at random.
     *
     * @throws ExperimentError `claim_refused`
     */
    async foresee(identity: Identity, requests: DecisionRequest[]): Promise<(ExperimentAnswer | null)[]> {
      const decided = await decider.decide(identity, requests, { isDry: true });
      return decided.map(({ row, answer }) =>
        row === "wanted" && answer.assignmentType === "random" ? null : answer,
      );
    },

    /** Like `decide`, for a subject that the calling code vouches for; in the order of the slugs. */
    async decideFor(subject: NamedSubject, slugs: string[]): Promise<ExperimentAnswer[]> {
      return pickAnswers(await decider.decideFor(subject, slugs));
    },
  };
}

function pickAnswers(decided: Decided[]): ExperimentAnswer[] {
  return decided.map(({ answer }) => answer);
}
