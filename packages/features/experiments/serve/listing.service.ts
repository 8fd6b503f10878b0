import type { Unit } from "../types/settings";
import type { ConfigCache } from "./config/config-cache";

export interface ListedExperiment {
  slug: string;
  unit: Unit;
  variants: string[];
}

/** The most that one answer lists. */
export const MOST_LISTED = 1_000;

/** Lists running experiments, with nothing that is not public. */
export function createListing(configs: Pick<ConfigCache, "all" | "stamp">) {
  // Anybody may ask, as often as they like: it is made once for each state of the configurations.
  let listed: { stamp: string; experiments: ListedExperiment[] } | null = null;

  return {
    /**
     * Lists running experiments by slug, a thousand at a time; `after` is the last slug of the page before. Targeting,
     * shares and payloads are left out on purpose.
     */
    async listActive({ after }: { after?: string | undefined } = {}): Promise<ListedExperiment[]> {
      const stamp = await configs.stamp();
      if (listed?.stamp !== stamp) listed = { stamp, experiments: await list(configs) };
      const { experiments } = listed;
      const rest = after === undefined ? experiments : experiments.filter(({ slug }) => slug > after);
      return rest.slice(0, MOST_LISTED);
    },

    /**
     * Identifies the state of all configurations. A browser must not use answers that it kept from another state.
     *
     * @throws DatabaseUnavailable
     */
    stamp: () => configs.stamp(),
  };
}

async function list(configs: Pick<ConfigCache, "all">): Promise<ListedExperiment[]> {
  const experiments = await configs.all();
  return (
    experiments
      .filter(({ status }) => status === "running")
      .map(({ slug, unit, variants }) => ({ slug, unit, variants: [...variants] }))
      // By code unit: the order in which pages follow each other must not depend on a locale.
      .sort((a, b) => (a.slug < b.slug ? -1 : 1))
  );
}
