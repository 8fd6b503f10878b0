import { isAppError } from "@calcom/lib/errors";
import "server-only";
import { type ExperimentAnswer, type ExperimentSlug, unservedAnswer } from "@calcom/features/experiments";
import { type DecisionRequest, experiments, type Identity } from "@calcom/features/experiments/server";
import { logger } from "@calcom/lib/logger";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { getIdentity } from "@/lib/identity";
import { ExperimentClient } from "./ExperimentClient";
import { isFetchedAhead } from "./fetched-ahead";
import { posthogFor } from "./posthog-settings";
import { joinVisitorLater } from "./visitor-link";

export interface ExperimentProviderProps {
  /** What this segment's components show; nothing else is decided or stored. */
  slugs: ExperimentSlug[];
  /** The team that experiments of teams are decided for. */
  team?: number;
  children: ReactNode;
}

/**
 * Decides in the request that renders, so that variants are in the first HTML. Reads cookies: the segment becomes
 * dynamic. Never throws; where nothing can be decided, its experiments show control.
 */
export async function ExperimentProvider({ slugs, team, children }: ExperimentProviderProps) {
  const [identity, isAhead] = await Promise.all([getIdentity(), headers().then(isFetchedAhead)]);
  if (!isAhead) joinVisitorLater(identity);
  const requests = slugs.map((slug) => ({ slug, teamId: team }));
  const preview = Object.entries(identity.overrides ?? {}).map(([slug, { variant }]) => `${slug}=${variant}`);
  const [answers, stamp] = await Promise.all([
    decideAll(identity, requests, isAhead),
    // What a browser has kept is its own, and not what it previews.
    preview.length === 0 ? currentStamp() : null,
  ]);
  const { userId, visitorId } = identity;
  const subject = userId !== null ? `user:${userId}` : visitorId !== null ? `visitor:${visitorId}` : null;
  return (
    <ExperimentClient
      key={[subject, visitorId, team, ...preview].join()}
      answers={answers}
      subject={subject}
      stamp={stamp}
      userId={userId}
      visitorId={visitorId}
      posthog={posthogFor(identity)}
    >
      {children}
    </ExperimentClient>
  );
}

async function decideAll(
  identity: Identity,
  requests: DecisionRequest[],
  isAhead: boolean,
): Promise<ExperimentAnswer[]> {
  try {
    if (!isAhead) return await experiments().decide(identity, requests);
    // A page that may never be looked at writes nothing. What only a draw can tell is asked for once it is looked at.
    const foreseen = await experiments().foresee(identity, requests);
    return foreseen.filter((answer) => answer !== null);
  } catch (error) {
    const isRefused = isAppError(error) && error.code === "claim_refused";
    if (!isRefused)
      logger.error("A page shows control: its experiments were not decided", { requests, error });
    return requests.map(({ slug }) => unservedAnswer(slug, isRefused ? "no_unit" : "unavailable"));
  }
}

/** Without it browsers keep no answers, which is all that depends on it. */
async function currentStamp(): Promise<string | null> {
  try {
    return await experiments().stamp();
  } catch (error) {
    logger.warn("Browsers keep no experiment answers: the configurations have no stamp", { error });
    return null;
  }
}
