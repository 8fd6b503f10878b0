import type { Unit } from "../types/settings";
import type { ConfigCache } from "./config/config-cache";

/** Says what there is, as far as anybody may know it. */
export function createListing(configs: Pick<ConfigCache, "all" | "stamp">) {
  return {
    /** Lists running experiments. Targeting, shares and payloads are left out on purpose. */
    async listActive(): Promise<{ slug: string; unit: Unit; variants: string[] }[]> {
      const experiments = await configs.all();
      return experiments
        .filter(({ status }) => status === "running")
        .map(({ slug, unit, variants }) => ({ slug, unit, variants: [...variants] }))
        .sort((a, b) => a.slug.localeCompare(b.slug));
    },

    /** Identifies the state of all configurations. A browser must not use answers that it kept from another state. */
    stamp: (): Promise<string> => configs.stamp(),
  };
}
