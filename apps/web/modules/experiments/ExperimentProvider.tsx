import "server-only";
import { createExperimentProvider } from "@calcom/features/experiments/context/ExperimentProvider";
import { type DecisionRequest, experiments, type Identity } from "@calcom/features/experiments/server";
import { logger } from "@calcom/lib/logger";
import { headers } from "next/headers";
import { getIdentity } from "@/lib/identity";
import { ExperimentClient } from "./ExperimentClient";
import { isFetchedAhead } from "./fetched-ahead";
import { posthogFor } from "./posthog-settings";
import { joinVisitorLater } from "./visitor-link";

/** Decides a segment's experiments in the request that renders. Reads cookies: the segment becomes dynamic. */
export const ExperimentProvider = createExperimentProvider({
  async visit() {
    const [identity, isAhead] = await Promise.all([getIdentity(), headers().then(isFetchedAhead)]);
    if (!isAhead) joinVisitorLater(identity);
    return {
      ...identity,
      decide: (requests: DecisionRequest[]) =>
        isAhead ? foresee(identity, requests) : experiments().decide(identity, requests),
    };
  },
  stamp: () => experiments().stamp(),
  render: (visit, { key, ...props }) => (
    <ExperimentClient
      key={key}
      {...props}
      userId={visit.userId}
      visitorId={visit.visitorId}
      posthog={posthogFor(visit)}
    />
  ),
  log: logger,
});

/** A page that may never be looked at writes nothing. What only a draw can tell is asked for once it is looked at. */
async function foresee(identity: Identity, requests: DecisionRequest[]) {
  const foreseen = await experiments().foresee(identity, requests);
  return foreseen.filter((answer) => answer !== null);
}
