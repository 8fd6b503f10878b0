import { isAppError } from "@calcom/lib/errors";
import { isDatabaseAway } from "@calcom/lib/sql";
import type { ComponentType, ReactNode } from "react";
import type { ExperimentAnswer } from "../types/answers";
import type { HostId } from "../types/host-id";
import type { ExperimentSlug } from "../types/registry";
import { unservedAnswer } from "../types/unserved-answer";
import type { ExperimentContextProviderProps } from "./ExperimentContext";

export interface ExperimentProviderProps {
  /** The experiments that the components of this segment show. No others are decided or stored. */
  slugs: ExperimentSlug[];
  /** The team that experiments of teams are decided for. */
  team?: HostId;
  children: ReactNode;
}

/** Who the rendered request comes from, and how experiments are decided for them. */
export interface Visit {
  userId: HostId | null;
  visitorId: string | null;
  overrides?: Readonly<Record<string, { variant: string }>>;
  /** Leaves out what cannot be answered without writing, if the page may never be looked at. */
  decide(requests: { slug: string; teamId: HostId | undefined }[]): Promise<ExperimentAnswer[]>;
}

export interface ProviderHost<Own extends Visit> {
  /** Reads the request that renders. */
  visit(): Promise<Own>;
  /** Names the state of all configurations; without it browsers keep no answers. */
  stamp(): Promise<string>;
  /** The browser's half: hands the answers to the hooks, and may do more with the visit. */
  render(visit: Own, props: ExperimentContextProviderProps & { key: string }): ReactNode;
  log: Record<"warn" | "error", (message: string, facts: Record<string, unknown>) => void>;
}

/**
 * Makes the `ExperimentProvider` of an application: a server component that decides in the request that renders, so
 * that variants are in the first HTML. It never throws: where nothing can be decided, its experiments show control.
 */
export function createExperimentProvider<Own extends Visit>(
  host: ProviderHost<Own>,
): ComponentType<ExperimentProviderProps> {
  return async function ExperimentProvider({ slugs, team, children }: ExperimentProviderProps) {
    const visit = await host.visit();
    const { userId, visitorId } = visit;
    const preview = Object.entries(visit.overrides ?? {}).map(([slug, { variant }]) => `${slug}=${variant}`);
    const [answers, stamp] = await Promise.all([
      decideAll(host, visit, slugs, team),
      // Answers that a browser has kept are those of its own participation, not of a preview.
      preview.length === 0 ? currentStamp(host) : null,
    ]);
    const subject = userId !== null ? `user:${userId}` : visitorId !== null ? `visitor:${visitorId}` : null;
    const key = [subject, visitorId, team, ...preview].join();
    return host.render(visit, { key, answers, subject, stamp, children });
  };
}

async function decideAll<Own extends Visit>(
  { log }: ProviderHost<Own>,
  visit: Visit,
  slugs: string[],
  team: HostId | undefined,
): Promise<ExperimentAnswer[]> {
  try {
    return await visit.decide(slugs.map((slug) => ({ slug, teamId: team })));
  } catch (error) {
    const isRefused = isAppError(error) && error.code === "claim_refused";
    if (!isRefused)
      log.error("A page shows control: its experiments were not decided", { slugs, team, error });
    return slugs.map((slug) => unservedAnswer(slug, isRefused ? "no_unit" : "unavailable"));
  }
}

async function currentStamp<Own extends Visit>({ stamp, log }: ProviderHost<Own>): Promise<string | null> {
  try {
    return await stamp();
  } catch (error) {
    // An outage is logged by who asks the database, once.
    if (!isDatabaseAway(error))
      log.warn("Browsers keep no experiment answers: the configurations have no stamp", { error });
    return null;
  }
}
