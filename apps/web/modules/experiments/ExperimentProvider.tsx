import "server-only";
import { type ExperimentAnswer, isFetchedAhead, unservedAnswer } from "@calcom/features/experiments";
import { createExperimentProvider } from "@calcom/features/experiments/context/ExperimentProvider";
import {
  type DecisionRequest,
  experiments,
  type Identity,
  needsOwnVisitor,
} from "@calcom/features/experiments/server";
import { logger } from "@calcom/lib/logger";
import { isDatabaseAway } from "@calcom/lib/sql";
import { headers } from "next/headers";
import { getIdentity } from "@/lib/identity";
import { ExperimentClient } from "./ExperimentClient";
import { posthogFor } from "./posthog-settings";
import { joinVisitorLater } from "./visitor-link";

/** Decides a segment's experiments in the request that renders. Reads cookies: the segment becomes dynamic. */
export const ExperimentProvider = createExperimentProvider({
  async visit() {
    const given = await headers();
    // Rendered for nobody, as on a page that is `force-static`: whoever looks at it has to ask.
    if (given.get("host") === null) return { ...NOBODY, isAsking: true, decide: async () => [] };
    const [identity, isAhead] = [await readIdentity(), isFetchedAhead(given)];
    if (identity === null)
      return {
        ...NOBODY,
        isAsking: false,
        decide: async (requests: DecisionRequest[]) => requests.map(unavailable),
      };
    if (!isAhead) joinVisitorLater(identity);
    return {
      ...identity,
      isAsking: false,
      decide: (requests: DecisionRequest[]) =>
        isAhead ? foresee(identity, requests) : experiments().decide(identity, requests),
    };
  },
  stamp: () => experiments().stamp(),
  render: (visit, { key, ...props }) => {
    const isOthersVisitor = needsOwnVisitor(visit, props.answers);
    return (
      <ExperimentClient
        key={key}
        {...props}
        userId={visit.userId}
        visitorId={isOthersVisitor ? null : visit.visitorId}
        isOthersVisitor={isOthersVisitor}
        posthog={visit.isAsking ? "ask" : posthogFor(visit)}
      />
    );
  },
  log: logger,
});

/** Whoever may be signed in, while the database cannot be asked: nothing is decided, and nothing is told to anybody. */
const NOBODY: Identity<number> = {
  userId: null,
  visitorId: null,
  isBot: false,
  hasConsent: false,
  address: null,
};

async function readIdentity(): Promise<Identity<number> | null> {
  try {
    return await getIdentity();
  } catch (error) {
    if (isDatabaseAway(error)) return null;
    throw error;
  }
}

function unavailable({ slug }: DecisionRequest): ExperimentAnswer {
  return unservedAnswer(slug, "unavailable");
}

/** A page that may never be looked at writes nothing. What only a draw can tell is asked for once it is looked at. */
async function foresee(identity: Identity<number>, requests: DecisionRequest[]) {
  const foreseen = await experiments().foresee(identity, requests);
  return foreseen.filter((answer) => answer !== null);
}
