import "server-only";
import type { ExperimentAnswer, ExperimentSlug } from "@calcom/features/experiments";
import { ExperimentError, experiments, type Identity } from "@calcom/features/experiments/server";
import { logger } from "@calcom/lib/logger";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { getIdentity } from "@/lib/identity";
import { ExperimentClient } from "./ExperimentClient";
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
  const identity = await getIdentity();
  joinVisitorLater(identity);
  const preview = Object.entries(identity.overrides ?? {}).map(([slug, { variant }]) => `${slug}=${variant}`);
  const [answers, stamp] = await Promise.all([
    decideAll(identity, slugs, team),
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
  slugs: string[],
  teamId: number | undefined,
): Promise<ExperimentAnswer[]> {
  // A page that may never be looked at writes nothing: its components ask once they are there.
  if ((await headers()).get("sec-purpose")?.includes("prefetch")) return [];
  try {
    return await experiments().decide(
      identity,
      slugs.map((slug) => ({ slug, teamId })),
    );
  } catch (error) {
    const isRefused = error instanceof ExperimentError && error.code === "claim_refused";
    if (!isRefused) logger.error("A page shows control: its experiments were not decided", { slugs, error });
    return slugs.map((slug) => undecided(slug, isRefused ? "no_unit" : "unavailable"));
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

function undecided(slug: string, reason: "no_unit" | "unavailable"): ExperimentAnswer {
  return {
    slug,
    variant: null,
    reason,
    unit: null,
    subject: null,
    isControl: true,
    isNewAssignment: false,
    assignmentType: null,
    payload: null,
  };
}
