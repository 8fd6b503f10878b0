import "server-only";
import { logger } from "@calcom/lib/logger";
import { type ComponentType, createElement } from "react";
import { createExperimentProvider, type ExperimentProviderProps } from "./context/ExperimentProvider";
import { MountedExperiments } from "./context/MountedExperiments";
import { isFetchedAhead } from "./lib/fetched-ahead";
import type { ExperimentsService } from "./serve/experiments.service";
import type { Identity } from "./serve/identity";
import { needsOwnVisitor } from "./serve/own-visitor";
import type { DecisionRequest } from "./serve/subject";
import { unservedAnswer } from "./types/unserved-answer";

export interface PageProviderParts {
  apiPath: string;
  /** Says who a page is rendered for. */
  identify(headers: Headers): Promise<Identity>;
  experiments(): ExperimentsService;
}

/** The provider for pages of Next's App Router. It reads cookies, so a page that uses it becomes dynamic. */
export function createPageProvider({
  apiPath,
  identify,
  experiments,
}: PageProviderParts): ComponentType<ExperimentProviderProps> {
  const joinLater = createJoining(experiments);
  return createExperimentProvider({
    async visit() {
      // Imported here, so that an application without Next can import this file too.
      const { headers } = await import("next/headers");
      const given = await headers();
      // A `force-static` page is rendered for nobody in particular: its hooks ask from the browser.
      if (given.get("host") === null) return { ...NOBODY, decide: async () => [] };
      const identity = await identified(() => identify(given));
      if (identity === null)
        return {
          ...NOBODY,
          decide: async (requests: DecisionRequest[]) =>
            requests.map(({ slug }) => unservedAnswer(slug, "unavailable")),
        };
      const isAhead = isFetchedAhead(given);
      if (!isAhead) await joinLater(identity);
      return {
        ...identity,
        decide: async (requests: DecisionRequest[]) => {
          if (!isAhead) return experiments().decide(identity, requests);
          // A page that may never be looked at writes nothing.
          const foreseen = await experiments().foresee(identity, requests);
          return foreseen.filter((answer) => answer !== null);
        },
      };
    },
    stamp: () => experiments().stamp(),
    render: (visit, { key, ...props }) =>
      createElement(MountedExperiments, {
        key,
        apiPath,
        isOthersVisitor: needsOwnVisitor(visit, props.answers),
        ...props,
      }),
    log: logger,
  });
}

const NOBODY = { userId: null, visitorId: null };

/** Null if the session cannot be read. Errors by which Next leaves a render are thrown on. */
async function identified(identify: () => Promise<Identity>): Promise<Identity | null> {
  try {
    return await identify();
  } catch (error) {
    if (error instanceof RangeError || (error instanceof Error && "digest" in error)) throw error;
    logger.error("A page shows control: it is not known who asks for it", { error });
    return null;
  }
}

const MAX_REMEMBERED = 10_000;

/** Joins the visitor that a browser was to the person who has signed in: after the answer, and once per node. */
function createJoining(experiments: () => ExperimentsService) {
  const joined = new Set<string>();
  return async ({ userId, visitorId }: Identity): Promise<void> => {
    if (userId === null || visitorId === null) return;
    const pair = `${visitorId} ${userId}`;
    if (joined.has(pair)) return;
    if (joined.size >= MAX_REMEMBERED) joined.clear();
    joined.add(pair);
    const { after } = await import("next/server");
    after(async () => {
      try {
        await experiments().linkVisitor(userId, visitorId);
      } catch (error) {
        joined.delete(pair);
        logger.warn("The visitor was not joined to the person who is signed in", { userId, error });
      }
    });
  };
}
