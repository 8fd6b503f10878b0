import { describe, expect, test } from "vitest";
import { aConfig } from "../../testing/builders";
import { CompiledExperiments, type StoredExperiment } from "./compiled-experiments";

const row = (slug: string, version: number, status: "running" | "off" = "running"): StoredExperiment => ({
  slug,
  version,
  enabled: status === "running",
  metadata: aConfig({ status }),
});

describe("an experiment that was asked for before", () => {
  test("is the one that is stored now: changed, deleted, and made again", () => {
    const experiments = new CompiledExperiments();
    experiments.put(row("a", 1));
    experiments.put(row("b", 1));
    const before = experiments.get("a");
    expect(experiments.get("a")).toBe(before);
    experiments.put(row("a", 2, "off"));
    expect(experiments.get("a")?.status).toBe("off");
    expect(experiments.get("b")?.status).toBe("running");
    // Read before the change, and later than it.
    experiments.put(row("a", 1));
    expect(experiments.get("a")?.status).toBe("off");
    experiments.remove("a");
    expect(experiments.get("a")).toBeNull();
    experiments.put(row("a", 3));
    expect(experiments.get("a")?.status).toBe("running");
  });

  test("that there is not is found once there is", () => {
    const experiments = new CompiledExperiments();
    expect(experiments.get("later")).toBeNull();
    experiments.put(row("later", 1));
    expect(experiments.get("later")?.slug).toBe("later");
  });
});
